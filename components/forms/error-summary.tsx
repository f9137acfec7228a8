'use client'
import type { MouseEvent, Ref } from 'react'
import { AlertIcon } from '#components/ui/plain-icons.tsx'

export interface SummaryItem {
  /** The control to go to; null: the form as a whole. */
  readonly id: string | null
  readonly label: string | null
  readonly message: string
}

/** Everything that is wrong, at the top, each item a link to its field. It takes the focus when a submit fails. */
export function ErrorSummary({
  items,
  ref,
}: {
  readonly items: readonly SummaryItem[]
  readonly ref?: Ref<HTMLDivElement>
}) {
  if (items.length === 0) return null
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="flex gap-2.5 rounded-md border border-bad-line bg-bad-soft px-3.5 py-3 text-sm"
    >
      <AlertIcon className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        <h2 className="font-medium">
          {items.length === 1 ? 'One thing needs another look' : `${items.length} things need another look`}
        </h2>
        <ul className="mt-1 grid gap-0.5">
          {items.map((item) => (
            <li key={`${item.id}-${item.message}`}>
              {item.id === null ? (
                item.message
              ) : (
                <a href={`#${item.id}`} onClick={focusTarget} className="text-bad underline underline-offset-2">
                  {item.label ? `${item.label}: ${item.message}` : item.message}
                </a>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** To the control itself, with its label in sight; without scripts the link leads there all the same. */
function focusTarget(event: MouseEvent<HTMLAnchorElement>): void {
  const control = document.getElementById(event.currentTarget.hash.slice(1))
  if (!control) return
  event.preventDefault()
  const label = control.closest('fieldset') ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`)
  label?.scrollIntoView({ block: 'start' })
  control.focus({ preventScroll: true })
}
