'use client'
import { clsx } from 'clsx'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { DialogClose } from './dialog-close.tsx'
import { useFocusReturn } from './use-focus-return.ts'

interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  readonly wide?: boolean
}

const FIRST = ['input:not([type=hidden])', 'textarea', 'select', 'button', 'a[href]']
  .map((tag) => `${tag}:not([disabled])`)
  .join()

export function Dialog({ open, onOpenChange, title, description, children, wide }: DialogProps) {
  const focusReturn = useFocusReturn()
  const body = useRef<HTMLDivElement>(null)
  /** At what the dialog is about, not at the cross in its corner. */
  const onOpenAutoFocus = (event: Event) => {
    focusReturn.onOpenAutoFocus()
    const first = body.current?.querySelector<HTMLElement>(FIRST)
    if (!first) return
    event.preventDefault()
    first.focus()
  }
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-(--scrim)" />
        <Primitive.Content
          {...focusReturn}
          onOpenAutoFocus={onOpenAutoFocus}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed inset-x-4 top-[8vh] z-50 mx-auto flex max-h-[84vh] flex-col rounded-xl border bg-surface shadow-float',
            wide ? 'max-w-2xl' : 'max-w-md',
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-sm text-ink-muted">{description}</Primitive.Description>
              )}
            </div>
            <DialogClose />
          </header>
          <div ref={body} className="overflow-y-auto px-5 pt-1 pb-5">
            {children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>
}
