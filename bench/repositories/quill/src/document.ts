import { Heading, type Block, type Node } from './nodes';
import type { Visitor } from './visitors/visitor';

export interface Metadata {
  readonly title?: string;
  readonly author?: string;
  readonly keywords: readonly string[];
}

export class Document {
  readonly blocks: readonly Block[];
  readonly metadata: Metadata;

  constructor(blocks: readonly Block[], metadata: Partial<Metadata> = {}) {
    this.blocks = blocks;
    this.metadata = { keywords: [], ...metadata };
  }

  get title(): string {
    return this.metadata.title ?? this.headings()[0]?.title ?? 'Untitled';
  }

  headings(): Heading[] {
    return this.nodes().filter((node): node is Heading => node instanceof Heading);
  }

  nodes(): Node[] {
    return this.blocks.flatMap((block) => [block, ...block.descendants()]);
  }

  visit<Result>(visitor: Visitor<Result>): Result[] {
    return this.blocks.map((block) => block.accept(visitor));
  }

  withBlocks(blocks: readonly Block[]): Document {
    return new Document(blocks, this.metadata);
  }
}
