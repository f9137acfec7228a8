import { Card } from '#components/ui/card.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'

export default function SettingsLoading() {
  return (
    <Card>
      <SkeletonRows />
    </Card>
  )
}
