'use client'
import { clsx } from 'clsx'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { DialogClose } from './dialog-close.tsx'
import { useFocusReturn } from './use-focus-return.ts'

export interface SheetProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  /** Beside the title: links and buttons about what is shown. */
  readonly actions?: ReactNode
  /** `start` for navigation, `end` for details. */
  readonly side?: 'start' | 'end'
  /** Wide for details with much in them, narrow for a list of links, which leaves some of the page in sight on phones. */
  readonly wide?: boolean
  readonly narrow?: boolean
  readonly children: ReactNode
}

export function SheetView(props: SheetProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    actions,
    side = 'end',
    wide = false,
    narrow = false,
    children,
  } = props
  const focusReturn = useFocusReturn()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="motion-fade fixed inset-0 z-40 bg-(--scrim)" />
        <Primitive.Content
          {...focusReturn}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed inset-y-0 z-50 flex flex-col bg-surface shadow-float outline-none',
            side === 'end' ? 'motion-from-end end-0 border-s' : 'motion-from-start start-0 border-e',
            narrow ? 'w-72 max-w-[85vw]' : clsx('w-full', wide ? 'sm:max-w-2xl' : 'sm:max-w-md'),
          )}
        >
          <header className="flex items-start gap-2 border-b px-4 py-3">
            <div className="min-w-0 flex-1 py-0.5">
              <Primitive.Title className="text-sm font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-[0.8125rem] text-ink-muted">
                  {description}
                </Primitive.Description>
              )}
            </div>
            {actions}
            <DialogClose />
          </header>
          <div tabIndex={narrow ? undefined : 0} className="min-h-0 flex-1 overflow-y-auto p-4 -outline-offset-2">
            {children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
