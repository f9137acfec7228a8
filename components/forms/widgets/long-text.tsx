import { type ComponentProps, useState } from 'react'
import { Textarea } from '#components/ui/textarea.tsx'

interface LongTextProps extends ComponentProps<'textarea'> {
  /** How many characters the answer may have; counted as they are typed. */
  readonly most?: number | undefined
}

/** A text of several lines. Nothing keeps anybody from typing on: what is too much is said, and can be shortened. */
export function LongText({ most, onChange, ...rest }: LongTextProps) {
  const [length, setLength] = useState<number | null>(null)
  if (most === undefined) return <Textarea onChange={onChange} {...rest} />
  const left = most - (length ?? 0)
  return (
    <>
      <Textarea
        {...rest}
        onChange={(event) => {
          setLength([...event.target.value].length)
          onChange?.(event)
        }}
      />
      <p aria-live="polite" className={`tabular text-xs ${left < 0 ? 'text-bad' : 'text-ink-subtle'}`}>
        {length !== null && (left < 0 ? `${-left} characters too many` : `${left} characters left`)}
      </p>
    </>
  )
}
