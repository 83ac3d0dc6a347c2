/** Text as it stands on a page, also inside an attribute in double quotes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`)
}

/** A whole page that needs nothing from anywhere else; the title is text, the content is HTML. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>body { font: 1rem/1.5 system-ui; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>${escaped(title)}</h1>
${content}
</html>
`
}
