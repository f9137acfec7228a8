import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { control } from './control.ts'

export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cn(control, 'h-8 read-only:bg-sunken', className)} {...rest} />
}
