const flatSpeed = 5000 / 60; // metres in a minute
const climbSpeed = 600 / 60; // metres up in a minute

/** Naismith's rule: minutes for a distance and a climb, both in metres. */
export function walkingTime(distance: number, climb: number): number {
	return distance / flatSpeed + Math.max(0, climb) / climbSpeed;
}

export function formatDuration(minutes: number): string {
	const whole = Math.round(minutes);
	const hours = Math.floor(whole / 60);
	const rest = String(whole % 60).padStart(2, "0");
	return hours > 0 ? `${hours}:${rest} h` : `${whole} min`;
}
