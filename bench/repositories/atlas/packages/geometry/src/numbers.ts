export function clamp(value: number, low: number, high: number): number {
	return Math.min(high, Math.max(low, value));
}

export function lerp(from: number, to: number, share: number): number {
	return from + (to - from) * share;
}

export function closeTo(left: number, right: number, tolerance: number = 1e-9): boolean {
	return Math.abs(left - right) <= tolerance;
}

export function toRadians(degrees: number): number {
	return (degrees * Math.PI) / 180;
}

export function toDegrees(radians: number): number {
	return (radians * 180) / Math.PI;
}
