import Link from 'next/link'

export interface BarItem {
  readonly key: string
  readonly label: string
  readonly href?: string
  /** Decides the length of the bar. */
  readonly value: number
  readonly text: string
  /** A second, quieter figure. */
  readonly note?: string
}

interface BarListProps {
  readonly label: string
  /** The heads of its columns. */
  readonly columns: readonly [name: string, figure: string, note?: string]
  readonly items: readonly BarItem[]
}

/** Horizontal bars, which are a table themselves: each has its name and its figure beside it. */
export function BarList({ label, columns, items }: BarListProps) {
  const most = Math.max(...items.map(({ value }) => value), 0)
  return (
    <table className="w-full table-fixed text-start text-[0.8125rem]" aria-label={label}>
      <colgroup>
        <col />
        <col className="w-24" />
        {columns[2] !== undefined && <col className="w-32 max-sm:w-0" />}
      </colgroup>
      <thead className="sr-only">
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.key}>
            <th scope="row" className="px-4 py-1.5 text-start font-normal">
              {item.href ? (
                <Link
                  href={item.href}
                  dir="auto"
                  className="block w-fit max-w-full truncate hover:underline"
                  title={item.label}
                >
                  {item.label}
                </Link>
              ) : (
                <span dir="auto" className="block w-fit max-w-full truncate" title={item.label}>
                  {item.label}
                </span>
              )}
              <span aria-hidden="true" className="mt-1 block h-1.5 overflow-hidden rounded-full bg-hover">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{
                    width: `${most === 0 ? 0 : Math.max((item.value / most) * 100, item.value > 0 ? 1.5 : 0)}%`,
                  }}
                />
              </span>
            </th>
            <td className="tabular py-1.5 pe-4 text-end align-top">{item.text}</td>
            {columns[2] !== undefined && (
              <td className="tabular py-1.5 pe-4 text-end align-top text-ink-subtle max-sm:hidden">{item.note}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
