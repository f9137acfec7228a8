import { FilePlus2 } from 'lucide-react'
import Link from 'next/link'
import { stepLook } from '#components/workflows/step-look.ts'
import type { Blueprint } from '#lib/blueprints/blueprint.ts'

type BlueprintCard = Omit<Blueprint, 'yaml'>

/** What to begin from. Each card is a link, so that one can be opened in a new tab or sent to somebody. */
export function BlueprintGallery({ blueprints }: { readonly blueprints: readonly BlueprintCard[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {blueprints.map((blueprint) => (
        <li key={blueprint.id}>
          <Link
            href={`/workflows/new?from=${blueprint.id}`}
            className="flex h-full flex-col rounded-lg border bg-surface p-4 transition-colors hover:border-control hover:bg-sunken"
          >
            <span className="text-sm font-semibold">{blueprint.title}</span>
            <span className="mt-1 flex-1 text-[0.8125rem] text-ink-muted">{blueprint.summary}</span>
            <span className="mt-3 flex flex-wrap gap-1.5">
              {blueprint.steps.map((type, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a type may occur twice, and the order never changes
                <StepChip key={i} type={type} />
              ))}
            </span>
          </Link>
        </li>
      ))}
      <li>
        <Link
          href="/workflows/new?from=blank"
          className="flex h-full min-h-28 flex-col items-center justify-center gap-1.5 rounded-lg border border-dashed border-control p-4 text-center text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
        >
          <FilePlus2 aria-hidden="true" className="size-5" />
          <span className="text-sm font-medium">Begin with an empty page</span>
        </Link>
      </li>
    </ul>
  )
}

function StepChip({ type }: { readonly type: string }) {
  const { icon: Icon, label } = stepLook(type)
  return (
    <span className="flex items-center gap-1 rounded bg-hover px-1.5 py-px text-xs text-ink-muted">
      <Icon aria-hidden="true" className="size-3" />
      {label}
    </span>
  )
}
