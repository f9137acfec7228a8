import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface WidePageProps {
  /** No padding around it either, and as high as the window: for work surfaces such as an editor beside a graph. */
  readonly bleed?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/**
 * Takes the whole width beside the navigation. The frame looks for the mark that this leaves (see `PAGE_FRAME`), so that a
 * page says it where it is written, on the server as well, without a layout of its own.
 */
export function WidePage({ bleed = false, className, children }: WidePageProps) {
  return (
    <div
      data-wide={bleed ? 'bleed' : 'padded'}
      className={clsx(
        bleed && 'flex min-h-[calc(100dvh-var(--shell-top)-var(--shell-bottom,0px))] flex-col',
        className,
      )}
    >
      {children}
    </div>
  )
}

/** The frame around every page's content: a readable measure, unless the page is a `WidePage`. */
export const PAGE_FRAME =
  'mx-auto max-w-6xl px-4 py-6 sm:px-8 lg:py-8 has-[[data-wide]]:max-w-none has-[[data-wide=bleed]]:p-0'
