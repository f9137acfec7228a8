import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { control } from './control.ts'

/** `tall` where people fill in a form; the rest of the app is denser. */
export function Input({
  className,
  tall,
  type = 'text',
  ...rest
}: ComponentProps<'input'> & { readonly tall?: boolean }) {
  return (
    <input type={type} className={clsx(control, 'read-only:bg-sunken', tall ? 'h-9' : 'h-8', className)} {...rest} />
  )
}
