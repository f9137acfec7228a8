'use client'
import { useId, useState } from 'react'
import { VisibleText } from '#components/ui/visible-text.tsx'

/** Texts up to here are shown whole. */
const LINES = 18
const CHARACTERS = 1_600

/** A long text, folded: how much more there is stands right below it, and one click shows all of it. */
export function FoldedText({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const lines = text.split('\n').length
  const long = text.length > CHARACTERS || lines > LINES
  const folded = long && !open
  return (
    <div>
      <div id={id} className={folded ? 'relative max-h-72 overflow-hidden' : undefined}>
        <p className="max-w-[72ch] text-sm leading-6 whitespace-pre-wrap people-text">
          <VisibleText text={text} />
        </p>
        {folded && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute inset-x-0 bottom-0 h-16 bg-linear-to-t from-(--fold) to-transparent"
          />
        )}
      </div>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="mt-1.5 min-h-6 text-[0.8125rem] font-medium text-accent-ink underline underline-offset-2"
        >
          {open ? 'Fold the text' : `There is more: show all ${text.length.toLocaleString('en')} characters`}
        </button>
      )}
    </div>
  )
}
