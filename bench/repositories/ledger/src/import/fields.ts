/** Splits one line of CSV, with quotes and doubled quotes inside them. */
export function splitFields(line: string, separator = ','): string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index] ?? ''
    if (quoted && letter === '"' && line[index + 1] === '"') {
      field += '"'
      index += 1
    } else if (letter === '"') {
      quoted = !quoted
    } else if (letter === separator && !quoted) {
      fields.push(field)
      field = ''
    } else {
      field += letter
    }
  }
  return [...fields, field]
}

export function detectSeparator(head: string): string {
  const counts = [',', ';', '\t'].map((mark) => ({
    mark,
    count: head.split(mark).length,
  }))
  return counts.toSorted((left, right) => right.count - left.count)[0]?.mark ?? ','
}
