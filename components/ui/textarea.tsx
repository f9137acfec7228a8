import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { control } from './control.ts'

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} className={clsx(control, 'min-h-16 py-1.5 leading-normal', className)} {...rest} />
}
