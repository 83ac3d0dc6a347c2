import { Document } from './document';
import { MarkdownParser } from './parser/markdown-parser';
import { createRenderer, extensionOf, type Format } from './registry';

export interface Shelf {
  read(name: string): Promise<string>;
  write(name: string, content: string): Promise<void>;
}

/** Documents that are kept somewhere and published elsewhere. */
export class Library {
  private readonly parser = new MarkdownParser();
  private readonly cache = new Map<string, Document>();
  private readonly shelf: Shelf;

  constructor(shelf: Shelf) {
    this.shelf = shelf;
  }

  async open(name: string): Promise<Document> {
    const known = this.cache.get(name);
    if (known) return known;
    const text = await this.shelf.read(`${name}.md`);
    const document = this.parser.parse(text);
    this.cache.set(name, document);
    return document;
  }

  async publish(name: string, format: Format): Promise<string> {
    const document = await this.open(name);
    const content = createRenderer(format).render(document);
    const target = `${name}${extensionOf(format)}`;
    await this.shelf.write(target, content);
    return target;
  }

  async titles(names: readonly string[]): Promise<string[]> {
    const documents = await Promise.all(names.map((name) => this.open(name)));
    return documents.map((document) => document.title);
  }
}
