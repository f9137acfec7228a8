import { Card } from './card.tsx'
import { Skeleton, SkeletonRows } from './skeleton.tsx'

/** A whole page with a list, on its way. */
export function ListSkeleton() {
  return (
    <div className="grid gap-6">
      <Skeleton className="h-7 w-48" />
      <Card>
        <SkeletonRows />
      </Card>
    </div>
  )
}
