import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { ChartData } from './chart-data.ts'

interface ChartTableProps {
  readonly label: string
  readonly data: ChartData
  /** Only to be read out: then nothing of it takes the keyboard's focus. */
  readonly unseen: boolean
}

/** What a chart shows, in numbers. */
export function ChartTable({ label, data, unseen }: ChartTableProps) {
  if (unseen) {
    // A table grows with its cells, whatever width it is given: it takes something around it to be as small as that.
    return (
      <div className="sr-only">
        <table aria-label={label}>
          <Rows data={data} />
        </table>
      </div>
    )
  }
  return (
    <Table label={label}>
      <Rows data={data} />
    </Table>
  )
}

function Rows({ data }: { readonly data: ChartData }) {
  return (
    <>
      <thead>
        <tr>
          <Th>{data.unit}</Th>
          {data.series.map((series) => (
            <Th key={series.key} className="text-end">
              {series.label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.points.map((point) => (
          <Tr key={point.key}>
            <th scope="row" className="border-b px-4 py-2 font-normal whitespace-nowrap">
              {point.detail}
            </th>
            {data.series.map(({ key }) => {
              const value = point.values[key]
              return (
                <Td key={key} className="tabular py-2 text-end text-ink-muted">
                  {value === null || value === undefined ? '–' : data.format(value)}
                </Td>
              )
            })}
          </Tr>
        ))}
      </tbody>
    </>
  )
}
