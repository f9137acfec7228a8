import { Hidden } from './step-node.tsx'

export function EndNode() {
  return (
    <>
      <Hidden />
      <span className="grid h-full w-full place-items-center rounded-full border border-control/60 bg-surface text-xs text-ink-muted">
        End
      </span>
    </>
  )
}
