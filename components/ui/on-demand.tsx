'use client'
import { type ComponentType, lazy, Suspense } from 'react'

/**
 * A dialog whose code is fetched when it is first opened: most visits to a page open none. `load` answers the component,
 * which is rendered only while `open`.
 */
export function onDemand<Props extends { readonly open: boolean }>(load: () => Promise<ComponentType<Props>>) {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function OnDemand(props: Props) {
    if (!props.open) return null
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
