import { PaneSkeleton } from '#components/inbox/pane-skeleton.tsx'
import { WidePage } from '#components/shell/wide-page.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <WidePage bleed>
      <div className="grid flex-1 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)]">
        <div className="grid content-start gap-4 pt-5 lg:border-e">
          <Skeleton className="mx-4 h-7 w-24" />
          <SkeletonRows label="Loading the inbox" />
        </div>
        <div className="max-lg:hidden">
          <PaneSkeleton />
        </div>
      </div>
    </WidePage>
  )
}
