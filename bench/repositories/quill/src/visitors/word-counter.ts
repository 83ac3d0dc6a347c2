import type { Code, Text } from '../nodes';
import { WalkingVisitor } from './walking-visitor';

export class WordCounter extends WalkingVisitor {
  private words = 0;
  private lines = 0;

  get count(): number {
    return this.words;
  }

  get codeLines(): number {
    return this.lines;
  }

  get minutesToRead(): number {
    return Math.max(1, Math.ceil(this.words / 220));
  }

  override visitText(node: Text): void {
    this.words += node.value.split(/\s+/).filter((word) => word !== '').length;
  }

  override visitCode(node: Code): void {
    this.lines += node.lineCount;
  }
}
