export interface CronRule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
}

/** Reads `minute hour weekday`, each a number, a list, a step or a star. */
export function parseRule(text: string): CronRule {
  const [minute, hour, weekday, ...rest] = text.trim().split(/\s+/);
  if (!minute || !hour || !weekday || rest.length > 0) {
    throw new SyntaxError(`a rule has three fields: ${text}`);
  }
  return {
    minutes: parseField(minute, 60),
    hours: parseField(hour, 24),
    weekdays: parseField(weekday, 7),
  };
}

export function matches(rule: CronRule, date: Date): boolean {
  return (
    rule.minutes.has(date.getUTCMinutes()) &&
    rule.hours.has(date.getUTCHours()) &&
    rule.weekdays.has(date.getUTCDay())
  );
}

export function nextRun(rule: CronRule, after: Date): Date | null {
  const candidate = new Date(after);
  candidate.setUTCSeconds(0, 0);
  const limit = 7 * 24 * 60;
  for (let minute = 0; minute < limit; minute += 1) {
    candidate.setUTCMinutes(candidate.getUTCMinutes() + 1);
    if (matches(rule, candidate)) return candidate;
  }
  return null;
}

function parseField(text: string, size: number): Set<number> {
  const [range = "*", step = "1"] = text.split("/");
  const every = Number(step);
  const wanted = range === "*" ? null : new Set(range.split(",").map(Number));
  const values = new Set<number>();
  for (let value = 0; value < size; value += 1) {
    if (wanted ? wanted.has(value) : value % every === 0) values.add(value);
  }
  if (values.size === 0) throw new SyntaxError(`empty field ${text}`);
  return values;
}
