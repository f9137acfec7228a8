import { Fragment } from 'react'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { markViolations, type Violation } from './violation-marks.ts'

interface MarkedAnswerProps {
  readonly answer: string
  readonly violations: readonly Violation[]
}

/** An answer with each violation underlined at its place and numbered as in the list above it. */
export function MarkedAnswer({ answer, violations }: MarkedAnswerProps) {
  const parts = markViolations(answer, violations)
  let from = 0
  return (
    <pre dir="auto" className="font-mono text-xs leading-5 whitespace-pre-wrap">
      {parts.map((part, i) => {
        const at = from
        from += part.text.length
        if (part.marks.length === 0) return <VisibleText key={at} text={part.text} />
        // The number stands where a mark ends.
        const next = parts[i + 1]?.marks ?? []
        const ending = part.marks.filter((mark) => !next.includes(mark))
        return (
          <Fragment key={at}>
            <mark
              title={part.marks.map((mark) => violations[mark]?.message).join('; ')}
              className="rounded-xs bg-bad-soft text-ink underline decoration-bad decoration-wavy underline-offset-3"
            >
              <VisibleText text={part.text} />
            </mark>
            {ending.map((mark) => (
              <ViolationNumber key={mark} mark={mark} />
            ))}
          </Fragment>
        )
      })}
    </pre>
  )
}

export function ViolationNumber({ mark }: { readonly mark: number }) {
  return (
    <span className="tabular mx-0.5 inline-grid h-4 min-w-4 place-items-center rounded-full bg-bad-fill px-1 align-text-top font-sans text-[0.6875rem] leading-none font-medium text-white">
      <span className="sr-only">Violation </span>
      {mark + 1}
    </span>
  )
}
