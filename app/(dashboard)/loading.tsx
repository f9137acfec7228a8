import { Card } from '#components/ui/card.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="grid gap-6">
      <Skeleton className="h-7 w-48" />
      <Card>
        <SkeletonRows />
      </Card>
    </div>
  )
}
