import type { ReactNode } from 'react'

const TONES = {
  plain: 'bg-sunken',
  warn: 'border-warn-line bg-warn-soft',
  bad: 'border-bad-line bg-bad-soft',
}

interface StripProps {
  readonly label: string
  readonly tone?: keyof typeof TONES
  readonly icon: ReactNode
  readonly title: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** How a run stands, in one sentence with what follows from it. */
export function Strip({ label, tone = 'plain', icon, title, actions, children }: StripProps) {
  return (
    <section
      aria-label={label}
      className={`flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border px-4 py-3 ${TONES[tone]}`}
    >
      <div className="flex min-w-0 flex-1 basis-80 gap-2.5">
        {icon}
        <div className="min-w-0">
          <p className="text-sm font-medium">{title}</p>
          <p className="text-[0.8125rem] text-ink-muted">{children}</p>
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </section>
  )
}
