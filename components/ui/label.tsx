import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** Says "optional" in words where it is: most fields are required, so marking those would only be noise. */
export function Label({ className, optional, children, ...rest }: ComponentProps<'label'> & { optional?: boolean }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is named by htmlFor where the label is used
    <label className={clsx('block text-sm font-medium text-ink', className)} {...rest}>
      {children}
      {optional && <span className="ml-1.5 font-normal text-ink-subtle">optional</span>}
    </label>
  )
}
