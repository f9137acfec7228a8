'use client'
import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import Link from 'next/link'
import { useEffect } from 'react'
import { Toaster as Sonner, toast as show } from 'sonner'
import { onToast, type ToastMessage, takeToasts } from './toast.ts'

/** Long enough to be read twice; pointing at it or focusing it holds it. */
const SHOWN_MS = 8_000

const ICONS = {
  success: <CircleCheck aria-hidden="true" className="size-4 text-good" />,
  error: <CircleAlert aria-hidden="true" className="size-4 text-bad" />,
  info: <Info aria-hidden="true" className="size-4 text-ink-subtle" />,
}

export function Toaster() {
  useEffect(
    () =>
      onToast(() => {
        for (const message of takeToasts()) showOne(message)
      }),
    [],
  )
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel="Messages"
      closeButton
      gap={8}
      offset={16}
      mobileOffset={{ bottom: 'calc(var(--shell-bottom, 0px) + 12px)', left: 12, right: 12 }}
      icons={ICONS}
      toastOptions={{
        unstyled: true,
        duration: SHOWN_MS,
        closeButtonAriaLabel: 'Close',
        classNames: { toast: 'toast', content: 'toast-content', title: 'toast-title', closeButton: 'toast-close' },
      }}
    />
  )
}

function showOne({ title, description, tone = 'neutral', href, action = 'Open' }: ToastMessage): void {
  const tell = { good: show.success, bad: show.error, neutral: show.info }[tone]
  const id = tell(title, {
    ...(description === undefined ? {} : { description }),
    ...(href === undefined
      ? {}
      : {
          action: (
            <Link href={href} className="toast-action" onClick={() => show.dismiss(id)}>
              {action}
            </Link>
          ),
        }),
  })
}
