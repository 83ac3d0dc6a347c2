import { HtmlRenderer } from './renderers/html-renderer';
import { MarkdownRenderer } from './renderers/markdown-renderer';
import type { Renderer, RenderOptions } from './renderers/renderer';
import { TextRenderer } from './renderers/text-renderer';

export type Format = 'html' | 'markdown' | 'text';

export function createRenderer(format: Format, options: Partial<RenderOptions> = {}): Renderer {
  switch (format) {
    case 'html':
      return new HtmlRenderer(options);
    case 'markdown':
      return new MarkdownRenderer(options);
    case 'text':
      return new TextRenderer(options);
  }
}

export function extensionOf(format: Format): string {
  switch (format) {
    case 'html':
      return '.html';
    case 'markdown':
      return '.md';
    case 'text':
      return '.txt';
  }
}
