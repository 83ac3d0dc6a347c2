import type { Heading, HeadingLevel } from '../nodes';
import { WalkingVisitor } from './walking-visitor';

export interface OutlineEntry {
  readonly level: HeadingLevel;
  readonly title: string;
  readonly anchor: string;
}

export class OutlineVisitor extends WalkingVisitor {
  private readonly found: OutlineEntry[] = [];
  private readonly anchors = new Map<string, number>();

  get entries(): readonly OutlineEntry[] {
    return this.found;
  }

  override visitHeading(node: Heading): void {
    const { level, title, slug } = node;
    this.found.push({ level, title, anchor: this.uniqueAnchor(slug) });
  }

  private uniqueAnchor(slug: string): string {
    const used = this.anchors.get(slug) ?? 0;
    this.anchors.set(slug, used + 1);
    return used === 0 ? slug : `${slug}-${used}`;
  }
}
