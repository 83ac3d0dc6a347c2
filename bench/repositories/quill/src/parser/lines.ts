/** A cursor over the lines of a text; lines count from one. */
export class Lines {
  private readonly all: readonly string[];
  private position = 0;

  constructor(text: string) {
    this.all = text.split(/\r?\n/);
  }

  get number(): number {
    return this.position + 1;
  }

  get done(): boolean {
    return this.position >= this.all.length;
  }

  peek(): string {
    return this.all[this.position] ?? '';
  }

  next(): string {
    const line = this.peek();
    this.position += 1;
    return line;
  }

  takeWhile(accepts: (line: string) => boolean): string[] {
    const taken: string[] = [];
    while (!this.done && accepts(this.peek())) taken.push(this.next());
    return taken;
  }
}
