'use client'
import { Panel, useReactFlow } from '@xyflow/react'
import { type LucideIcon, Maximize, ZoomIn, ZoomOut } from 'lucide-react'

export function ZoomButtons({ onFit }: { readonly onFit: () => void }) {
  const flow = useReactFlow()
  return (
    <Panel position="bottom-right" className="m-2! flex rounded-md border bg-surface shadow-raised">
      <Tool icon={ZoomOut} label="Zoom out" onClick={() => void flow.zoomOut()} />
      <Tool icon={ZoomIn} label="Zoom in" onClick={() => void flow.zoomIn()} />
      <Tool icon={Maximize} label="Show the whole graph" onClick={onFit} />
    </Panel>
  )
}

function Tool({
  icon: Icon,
  label,
  onClick,
}: {
  readonly icon: LucideIcon
  readonly label: string
  readonly onClick: () => void
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-7 place-items-center text-ink-muted first:rounded-s-md last:rounded-e-md hover:bg-hover hover:text-ink focus-visible:relative"
    >
      <Icon aria-hidden="true" className="size-3.5" />
    </button>
  )
}
