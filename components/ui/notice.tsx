import { cva, type VariantProps } from 'class-variance-authority'
import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const notice = cva('flex gap-2.5 rounded-md border px-3 py-2.5 text-sm', {
  variants: {
    tone: {
      info: 'border-line bg-sunken text-ink-muted [&>svg]:text-info',
      good: 'border-line bg-good-soft text-ink [&>svg]:text-good',
      warn: 'border-warn-line bg-warn-soft text-ink [&>svg]:text-warn',
      bad: 'border-bad-line bg-bad-soft text-ink [&>svg]:text-bad',
    },
  },
  defaultVariants: { tone: 'info' },
})

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert }

interface NoticeProps extends VariantProps<typeof notice> {
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly className?: string
}

/** Something to know, said where it matters. A failure is announced at once, the rest when the reader pauses. */
export function Notice({ tone, title, children, action, className }: NoticeProps) {
  const Icon = ICONS[tone ?? 'info']
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'} className={clsx(notice({ tone }), className)}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium text-ink">{title}</p>}
        {children}
      </div>
      {action && <div className="shrink-0">{action}</div>}
    </div>
  )
}
