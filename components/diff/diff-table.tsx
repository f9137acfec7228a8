import { clsx } from 'clsx'
import { UnfoldVertical } from 'lucide-react'
import { Fragment } from 'react'
import type { DiffRow, Side, Stretch } from './diff-rows.ts'

interface DiffTableProps {
  readonly wide: boolean
  readonly stretches: readonly Stretch[]
  readonly beforeLabel: string
  readonly afterLabel: string
  readonly prose: boolean
  readonly onOpen: (from: number) => void
}

export function DiffTable({ wide, stretches, beforeLabel, afterLabel, prose, onOpen }: DiffTableProps) {
  return (
    <table
      className={clsx(
        'w-full table-fixed border-collapse text-[0.8125rem] leading-5',
        prose ? 'font-sans' : 'font-mono',
      )}
    >
      {wide ? (
        <colgroup>
          <col className="w-11" />
          <col />
          <col className="w-11" />
          <col />
        </colgroup>
      ) : (
        <colgroup>
          <col className="w-9" />
          <col className="w-9" />
          <col />
        </colgroup>
      )}
      <thead className={clsx(!wide && 'sr-only')}>
        <tr className="font-sans text-xs">
          <Head label={`Line in ${beforeLabel}`} quiet />
          {wide && <Head label={beforeLabel} />}
          <Head label={`Line in ${afterLabel}`} quiet />
          <Head label={wide ? afterLabel : 'Text'} />
        </tr>
      </thead>
      <tbody>
        {stretches.map((stretch) =>
          stretch.kind === 'folded' ? (
            <tr key={`f${stretch.from}`} className="bg-sunken">
              <td colSpan={wide ? 4 : 3} className="border-y p-0">
                <button
                  type="button"
                  onClick={() => onOpen(stretch.from)}
                  className="flex h-7 w-full items-center gap-2 px-3 font-sans text-xs text-ink-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
                >
                  <UnfoldVertical aria-hidden="true" className="size-3.5" />
                  {stretch.rows.length} lines unchanged
                </button>
              </td>
            </tr>
          ) : (
            stretch.rows.map((row) =>
              wide ? (
                <WideRow key={keyOf(row)} row={row} prose={prose} />
              ) : (
                <NarrowRow key={keyOf(row)} row={row} prose={prose} />
              ),
            )
          ),
        )}
      </tbody>
    </table>
  )
}

function Head({ label, quiet = false }: { readonly label: string; readonly quiet?: boolean }) {
  return (
    <th
      scope="col"
      className="sticky top-0 z-10 truncate border-b bg-surface px-3 py-1.5 text-start font-medium text-ink-muted"
    >
      <span className={clsx(quiet && 'sr-only')}>{label}</span>
    </th>
  )
}

interface RowProps {
  readonly row: DiffRow
  readonly prose: boolean
}

function WideRow({ row, prose }: RowProps) {
  const changed = row.kind === 'changed'
  return (
    <tr {...mark(row)}>
      <Numbered side={row.before} tone={changed ? 'removed' : 'same'} />
      <Text side={row.before} tone={changed ? 'removed' : 'same'} prose={prose} />
      <Numbered side={row.after} tone={changed ? 'added' : 'same'} border />
      <Text side={row.after} tone={changed ? 'added' : 'same'} prose={prose} />
    </tr>
  )
}

function NarrowRow({ row, prose }: RowProps) {
  if (row.kind === 'same') {
    return (
      <tr>
        <Numbered side={row.before} tone="same" />
        <Numbered side={row.after} tone="same" />
        <Text side={row.after} tone="same" prose={prose} />
      </tr>
    )
  }
  return (
    <>
      {row.before && (
        <tr {...mark(row)}>
          <Numbered side={row.before} tone="removed" />
          <Numbered side={null} tone="removed" />
          <Text side={row.before} tone="removed" prose={prose} />
        </tr>
      )}
      {row.after && (
        <tr {...(row.before ? {} : mark(row))}>
          <Numbered side={null} tone="added" />
          <Numbered side={row.after} tone="added" />
          <Text side={row.after} tone="added" prose={prose} />
        </tr>
      )}
    </>
  )
}

/** Where the keys for the next and the previous change lead. */
function mark(row: DiffRow) {
  return row.kind === 'changed' && row.first
    ? { 'data-change': true, tabIndex: -1, className: 'outline-offset-[-2px] focus:outline-2 focus:outline-accent-ink' }
    : {}
}

type Tone = 'same' | 'added' | 'removed'

const GROUND: Readonly<Record<Tone, string>> = { same: '', added: 'bg-good-soft', removed: 'bg-bad-soft' }

function Numbered({
  side,
  tone,
  border = false,
}: {
  readonly side: Side | null
  readonly tone: Tone
  readonly border?: boolean
}) {
  return (
    <td
      className={clsx(
        'tabular px-2 text-end align-top text-xs leading-5 select-none',
        tone === 'same' ? 'text-ink-subtle' : 'text-ink-muted',
        side ? GROUND[tone] : tone !== 'same' && 'bg-sunken',
        border && 'border-s',
      )}
    >
      {side?.line}
    </td>
  )
}

interface TextProps {
  readonly side: Side | null
  readonly tone: Tone
  readonly prose: boolean
}

function Text({ side, tone, prose }: TextProps) {
  if (side === null) return <td className="bg-sunken" />
  const Mark = tone === 'added' ? 'ins' : 'del'
  return (
    <td className={clsx('relative ps-5 pe-3 align-top break-words whitespace-pre-wrap', GROUND[tone])}>
      {tone !== 'same' && (
        <>
          <span
            aria-hidden="true"
            className={clsx('absolute start-1.5 select-none', tone === 'added' ? 'text-good' : 'text-bad')}
          >
            {tone === 'added' ? '+' : '−'}
          </span>
          <span className="sr-only">{tone}: </span>
        </>
      )}
      {/* Words run the way they are written; the mark of what was added or removed stays at its edge. Code runs as it is. */}
      <div dir={prose ? 'auto' : 'ltr'}>
        {side.parts.map((part, i) => (
          <Fragment
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never move
            key={i}
          >
            {part.marked ? (
              <Mark
                className={clsx(
                  'rounded-sm font-medium no-underline',
                  tone === 'added' ? 'bg-good/20 text-ink' : 'bg-bad/20 text-ink',
                )}
              >
                {part.text}
              </Mark>
            ) : (
              part.text
            )}
          </Fragment>
        ))}
      </div>
    </td>
  )
}

function keyOf(row: DiffRow): string {
  return `${row.before?.line ?? ''}:${row.after?.line ?? ''}`
}
