'use client'
import { clsx } from 'clsx'
import { type ComponentType, memo, type ReactNode, useEffect, useState } from 'react'
import { patiently } from '#components/ui/lazy-part.ts'
import type { CanvasProps } from './graph-canvas.tsx'
import { GraphList } from './graph-list.tsx'
import type { GraphProps } from './graph-props.ts'

type LazyGraphProps = GraphProps & {
  /** Says how large it is; it fills what it is given. */
  readonly className?: string
}

/**
 * A workflow as a graph, with the same as a list below it. The code that places and draws comes after the page is loaded;
 * until then, and where it cannot be loaded, the list is there.
 */
export const LazyGraph = memo(function LazyGraph({ className, ...props }: LazyGraphProps): ReactNode {
  const Canvas = useCanvas()
  return (
    <div className={clsx('flex flex-col overflow-hidden', className ?? 'h-[30rem] rounded-lg border')}>
      <div className="relative min-h-0 flex-1 bg-sunken">
        {Canvas === null ? <GraphPlaceholder /> : <Canvas {...props} />}
        {props.stale && (
          <p
            role="status"
            className="absolute start-3 top-3 rounded-md border border-warn-line bg-warn-soft px-2 py-1 text-xs text-ink"
          >
            Graph of the last valid text
          </p>
        )}
      </div>
      <GraphList {...props} />
    </div>
  )
})

function useCanvas(): ComponentType<CanvasProps> | null {
  const [Canvas, setCanvas] = useState<ComponentType<CanvasProps> | null>(null)
  useEffect(() => {
    // Never so in an effect; it keeps the drawing out of the server's bundle.
    if (typeof window === 'undefined') return
    let wanted = true
    const load = () =>
      patiently(() => import('./graph-canvas.tsx')).then(
        (loaded) => wanted && setCanvas(() => loaded.GraphCanvas),
        // Without it the list stays.
        () => undefined,
      )
    if (document.readyState === 'complete') void load()
    else window.addEventListener('load', load, { once: true })
    return () => {
      wanted = false
      window.removeEventListener('load', load)
    }
  }, [])
  return Canvas
}

/** What a graph looks like while it is on its way. */
export function GraphPlaceholder() {
  return (
    <div aria-hidden="true" className="flex h-full flex-col items-center gap-6 overflow-hidden pt-8">
      {[0, 1, 2].map((i) => (
        <span key={i} className="h-13 w-54 shrink-0 animate-pulse rounded-lg border bg-surface" />
      ))}
    </div>
  )
}
