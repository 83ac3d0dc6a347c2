export interface Column<Row> {
  readonly title: string
  readonly align: 'left' | 'right'
  readonly text: (row: Row) => string
}

/** Lays rows out in columns of equal width, for terminals. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const cells = rows.map((row) => columns.map((column) => column.text(row)))
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  )
  const head = columns.map(({ title }) => title)
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...cells]
    .map((line) => renderLine(columns, widths, line))
    .join('\n')
}

function renderLine<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  line: readonly string[],
): string {
  const padded = line.map((text, index) => {
    const width = widths[index] ?? 0
    return columns[index]?.align === 'right' ? text.padStart(width) : text.padEnd(width)
  })
  return padded.join('  ').trimEnd()
}
