export class ParseError extends Error {
  override readonly name = 'ParseError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(`${message} in line ${line}`);
    this.line = line;
  }
}
