import { clsx } from 'clsx'
import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'

interface SectionCardProps<Item> {
  readonly title: string
  /** Where all of it is. */
  readonly all: { readonly href: string; readonly label: string }
  /** undefined while they load. */
  readonly items: readonly Item[] | undefined
  readonly error?: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  /** One calm sentence where there is nothing. */
  readonly empty: string
  readonly row: (item: Item) => ReactNode
  readonly className?: string
}

/** A few of many, and the way to all of them. */
export function SectionCard<Item>(props: SectionCardProps<Item>) {
  const { title, all, items, error, onRetry, empty, row, className } = props
  const id = useId()
  return (
    <Card aria-labelledby={id} className={clsx('flex flex-col', className)}>
      <CardHeader
        id={id}
        title={title}
        actions={
          <Link href={all.href} className="rounded py-1 text-[0.8125rem] text-ink-muted hover:text-ink hover:underline">
            {all.label}
          </Link>
        }
      />
      {error && !items && (
        <div className="p-4">
          <Failure error={error} onRetry={onRetry} />
        </div>
      )}
      {!items && !error && <SkeletonRows rows={3} label={`Loading: ${title.toLowerCase()}`} />}
      {items?.length === 0 && (
        <p className="grid grow place-items-center px-4 py-8 text-center text-[0.8125rem] text-ink-muted">{empty}</p>
      )}
      {items && items.length > 0 && <ul className="divide-y">{items.map(row)}</ul>}
    </Card>
  )
}
