import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonLook, buttonLook } from './button-look.ts'

/** A link that looks like a button: for going somewhere, never for changing something. */
export function ButtonLink({ className, variant, size, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={buttonLook({ variant, size, className })} {...rest} />
}
