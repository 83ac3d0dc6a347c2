const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `1h30m` and the like as milliseconds. */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h|d)/g)];
  const read = parts.map(([whole]) => whole).join("");
  if (parts.length === 0 || read !== text) throw new SyntaxError(`not a duration: ${text}`);
  return parts.reduce(
    (total, [, count = "0", unit = "ms"]) => total + Number(count) * (units[unit] ?? 1),
    0,
  );
}

export function formatDuration(milliseconds: number): string {
  let left = Math.round(milliseconds);
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"]) {
    const size = units[unit] ?? 1;
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * size;
  }
  return parts.slice(0, 2).join(" ") || `${left}ms`;
}
