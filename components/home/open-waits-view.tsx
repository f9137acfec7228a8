import Link from 'next/link'
import { useId } from 'react'
import { BarList } from '#components/charts/bar-list.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { AnalyticsWaits, WaitAges } from '#lib/contracts/analytics.ts'

const AGES = [
  ['hour', 'Under an hour'],
  ['day', 'Up to a day'],
  ['week', 'Up to a week'],
  ['longer', 'Longer'],
] as const

/** For how long people have been waited for. */
export function OpenWaitsView({ waits }: { readonly waits: AnalyticsWaits | undefined }) {
  const id = useId()
  const open = waits ? waits.form.open + waits.approval.open : 0
  const overdue = waits ? waits.form.overdue + waits.approval.overdue : 0
  const oldest = waits && oldestOf(waits)
  return (
    <Card aria-labelledby={id} className="flex flex-col">
      <CardHeader id={id} title="Waiting for people" />
      {!waits && <SkeletonRows rows={4} label="Loading how long people have been waited for" />}
      {waits && open === 0 && (
        <p className="grid grow place-items-center px-4 py-10 text-center text-sm text-ink-muted">
          No run waits for anybody.
        </p>
      )}
      {waits && open > 0 && (
        <>
          <div className="py-2">
            <BarList
              label="Open forms and approvals by age"
              columns={['Open for', 'Forms and approvals']}
              items={AGES.map(([key, label]) => {
                const value = waits.form[key] + waits.approval[key]
                return { key, label, value, text: String(value) }
              })}
            />
          </div>
          <p className="mt-auto border-t px-4 py-2.5 text-[0.8125rem] text-ink-muted">
            {overdue > 0 && `${overdue} past their time. `}
            {oldest && (
              <Link href={`/runs/${oldest.run_id}`} className="hover:text-ink hover:underline">
                The oldest was asked <RelativeTime at={oldest.opened_at} />
              </Link>
            )}
          </p>
        </>
      )}
    </Card>
  )
}

function oldestOf({ form, approval }: AnalyticsWaits): WaitAges['oldest'] {
  if (!form.oldest || !approval.oldest) return form.oldest ?? approval.oldest
  return form.oldest.opened_at < approval.oldest.opened_at ? form.oldest : approval.oldest
}
