import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

const box = 'size-4 shrink-0 border-control accent-accent disabled:cursor-not-allowed disabled:opacity-50'

export function Checkbox({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input type="checkbox" className={clsx(box, 'rounded', className)} {...rest} />
}

export function Radio({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input type="radio" className={clsx(box, className)} {...rest} />
}
