'use client'
import { clsx } from 'clsx'
import { Popover as Primitive } from 'radix-ui'
import { useState } from 'react'
import { floating } from './floating.ts'
import type { PopoverProps } from './popover.tsx'

/** Opened as soon as it is there: it is fetched because somebody asked for it. */
export function PopoverView({ trigger, label, align = 'start', side = 'bottom', children, className }: PopoverProps) {
  const [open, setOpen] = useState(true)
  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(
            floating,
            'max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] overflow-y-auto p-3',
            className,
          )}
        >
          {typeof children === 'function' ? children(() => setOpen(false)) : children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
