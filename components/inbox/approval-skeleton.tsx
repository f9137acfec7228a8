import { Skeleton } from '#components/ui/skeleton.tsx'

/** What is approved, on its way: as high as so many short values will be. */
export function ApprovalSkeleton({ values }: { readonly values: number }) {
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">Loading the request</span>
      <Skeleton className="h-5 w-3/5" />
      <div className="divide-y rounded-lg border">
        {Array.from({ length: Math.max(values, 1) }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are alike and never move
          <div key={i} className="grid gap-1.5 px-4 py-3">
            <Skeleton className="h-3 w-20" />
            <Skeleton className="h-5 w-4/5" />
          </div>
        ))}
      </div>
      <div className="flex gap-2">
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-20" />
      </div>
    </div>
  )
}
