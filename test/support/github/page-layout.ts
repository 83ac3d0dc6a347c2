import { html } from 'hono/html'

/** One page that needs nothing from anywhere else; `title` and `content` are escaped by whoever made them. */
export function layout(title: string, content: unknown) {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title}</title>
      <style>
        body {
          font: 1rem/1.5 system-ui;
          max-width: 62rem;
          margin: 2rem auto;
          padding: 0 1rem;
          color: #1f2328;
        }
        article {
          border: 1px solid #d1d9e0;
          border-radius: 6px;
          padding: 0 1rem;
          margin: 1rem 0;
          overflow-x: auto;
        }
        article > h3 {
          font-size: 0.9rem;
          margin: 0 -1rem;
          padding: 0.4rem 1rem;
          background: #f6f8fa;
        }
        table {
          border-collapse: collapse;
        }
        td,
        th {
          border: 1px solid #d1d9e0;
          padding: 0.25rem 0.6rem;
        }
        pre,
        code {
          font:
            0.85rem/1.45 ui-monospace,
            monospace;
          background: #f6f8fa;
        }
        pre {
          padding: 0.6rem;
          overflow-x: auto;
        }
        pre ins,
        pre del {
          display: inline-block;
          min-width: 100%;
          text-decoration: none;
        }
        ins {
          background: #dafbe1;
        }
        del {
          background: #ffebe9;
        }
        .state {
          color: white;
          border-radius: 1rem;
          padding: 0.2rem 0.8rem;
          background: #59636e;
        }
        .state.open {
          background: #1a7f37;
        }
        .state.merged {
          background: #8250df;
        }
        .state.closed {
          background: #cf222e;
        }
      </style>
      ${content}
    </html>`
}
