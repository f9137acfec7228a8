import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { control } from './control.ts'

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} className={cn(control, 'min-h-16 py-1.5 leading-normal', className)} {...rest} />
}
