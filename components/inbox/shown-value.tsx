import type { ReactNode } from 'react'
import { JsonView } from '#components/ui/json-view.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Json } from '#lib/json.ts'
import { labelOf, shapeOf } from './value-words.ts'

interface ShownValueProps {
  readonly value: Json
  /** How a long text is shown; in full where there are no scripts to unfold it. */
  readonly text?: (text: string) => ReactNode
}

/** One value laid out for reading. Nothing in it is followed or rendered: a link, markup or script is text. */
export function ShownValue({ value, text = whole }: ShownValueProps) {
  const shape = shapeOf(value)
  switch (shape.kind) {
    case 'empty':
      return <span className="text-[0.8125rem] text-ink-subtle">Empty</span>
    case 'text':
      return text(shape.text)
    case 'atom':
      return <span className="tabular text-sm">{shape.text}</span>
    case 'list':
      return (
        <ul className="list-disc space-y-1 ps-5 text-sm leading-6 marker:text-ink-subtle">
          {shape.items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list's place is what names its items
            <li key={i} className="people-text">
              <VisibleText text={item} />
            </li>
          ))}
        </ul>
      )
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself has to be reachable by keyboard
        <section className="overflow-x-auto" tabIndex={0} aria-label="Table">
          <table className="w-full text-start text-sm">
            <thead>
              <tr className="border-b text-xs text-ink-subtle">
                {shape.columns.map((column) => (
                  <th key={column} scope="col" className="py-1.5 pe-4 text-start font-medium">
                    <VisibleText text={labelOf(column)} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y">
              {shape.rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
                <tr key={i} className="align-top">
                  {row.map((cell, column) => (
                    <td key={shape.columns[column]} className="py-1.5 pe-4 people-text">
                      <VisibleText text={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )
    case 'tree':
      return <JsonView value={value} />
  }
}

function whole(text: string): ReactNode {
  return (
    <p className="max-w-[72ch] text-sm leading-6 whitespace-pre-wrap people-text">
      <VisibleText text={text} />
    </p>
  )
}
