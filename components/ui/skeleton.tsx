import { clsx } from 'clsx'

export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={clsx('block animate-pulse rounded bg-hover', className)} />
}

/** A list that is on its way: rows of the height the real ones will have, so that nothing jumps. */
export function SkeletonRows({ rows = 6, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  const widths = ['w-2/5', 'w-1/3', 'w-1/2', 'w-1/4']
  return (
    <div role="status" className="divide-y">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className="flex items-center gap-6 px-4 py-3">
          <Skeleton className={clsx('h-4', widths[row % widths.length])} />
          <Skeleton className="ml-auto h-4 w-16" />
        </div>
      ))}
    </div>
  )
}
