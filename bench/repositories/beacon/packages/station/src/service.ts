export type Importance = "critical" | "major" | "minor";

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly importance: Importance;
  readonly timeoutMs?: number;
}

export interface Sample {
  readonly service: string;
  readonly at: Date;
  readonly ok: boolean;
  readonly latencyMs: number;
  readonly detail?: string;
}

const weights: Readonly<Record<Importance, number>> = { critical: 3, major: 2, minor: 1 };

export function byImportance(left: Service, right: Service): number {
  return (
    weights[right.importance] - weights[left.importance] || left.name.localeCompare(right.name)
  );
}
