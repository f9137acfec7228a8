import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'

interface PageHeaderProps {
  readonly title: ReactNode
  /** The way back up. */
  readonly trail?: readonly { readonly href: string; readonly label: string }[]
  readonly description?: ReactNode
  readonly badges?: ReactNode
  readonly actions?: ReactNode
}

export function PageHeader({ title, trail = [], description, badges, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        {trail.length > 0 && (
          <nav aria-label="Breadcrumb" className="mb-1 flex items-center gap-1 text-[0.8125rem] text-ink-subtle">
            {trail.map((step, i) => (
              <Fragment key={step.href}>
                {i > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0" />}
                <Link href={step.href} className="truncate py-0.5 hover:text-ink hover:underline">
                  {step.label}
                </Link>
              </Fragment>
            ))}
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight">{title}</h1>
          {badges}
        </div>
        {description && <p className="mt-1 max-w-3xl text-sm text-ink-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
