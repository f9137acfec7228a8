import type { ComponentProps } from 'react'
import { type ButtonLook, buttonLook } from './button-look.ts'

export type ButtonProps = ComponentProps<'button'> & ButtonLook

/** `className` adds to the look and never contradicts it: whatever differs is a variant. */
export function Button({ className, variant, size, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonLook({ variant, size, className })} {...rest} />
}
