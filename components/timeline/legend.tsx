import { clsx } from 'clsx'
import { CircleHelp } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { barLook, SPENT_LABELS } from './bar-look.ts'

const LEGEND = ['execution', 'waiting', 'queue', 'pause', 'inside'] as const

/** What the bars mean: below the timeline where there is room for it, else at a button. */
export function Legend({ shortened }: { readonly shortened: boolean }) {
  const note = shortened ? 'Long idle time is drawn shorter, between dashed lines.' : null
  return (
    <div className="border-t bg-sunken">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-xs text-ink-muted @max-3xl:hidden">
        <Marks className="flex flex-wrap items-center gap-x-4 gap-y-1" />
        {note && <p className="ms-auto">{note}</p>}
      </div>
      <div className="p-1 @3xl:hidden">
        <Popover
          label="What the bars mean"
          className="w-64"
          trigger={
            <Button size="sm" variant="ghost">
              <CircleHelp aria-hidden="true" />
              What the bars mean
            </Button>
          }
        >
          <div className="grid gap-2 text-xs text-ink-muted">
            <Marks className="grid gap-2" />
            {note && <p className="border-t pt-2">{note}</p>}
          </div>
        </Popover>
      </div>
    </div>
  )
}

function Marks({ className }: { readonly className: string }) {
  return (
    <ul className={className}>
      {LEGEND.map((spent) => (
        <li key={spent} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx('inline-block w-5 rounded-xs', barLook(spent, 'completed'))} />
          {SPENT_LABELS[spent]}
        </li>
      ))}
    </ul>
  )
}
