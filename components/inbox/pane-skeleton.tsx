import { Skeleton } from '#components/ui/skeleton.tsx'

/** A request on its way, as high as one usually is. */
export function PaneSkeleton() {
  return (
    <div role="status" className="grid gap-6 p-4 sm:p-6">
      <span className="sr-only">Loading the request</span>
      <div className="grid gap-2">
        <Skeleton className="h-6 w-2/5" />
        <Skeleton className="h-4 w-1/2" />
      </div>
      <div className="grid gap-3">
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    </div>
  )
}
