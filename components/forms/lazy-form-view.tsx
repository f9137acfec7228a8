'use client'
import { lazy, Suspense } from 'react'
import type { FormViewProps } from './form-view.tsx'

const FormView = lazy(async () => {
  await pageLoaded()
  return { default: (await import('./form-view.tsx')).FormView }
})

/**
 * The form as it comes from the server, complete and sent by the browser's own POST. What checks it while people type is
 * fetched after the page has loaded, and takes over the same controls with whatever was typed meanwhile.
 */
export function LazyFormView(props: FormViewProps) {
  return (
    <Suspense>
      <FormView {...props} />
    </Suspense>
  )
}

/** At once on the server, which renders the whole form. */
function pageLoaded(): Promise<void> {
  if (typeof window === 'undefined' || document.readyState === 'complete') return Promise.resolve()
  return new Promise((resolve) => window.addEventListener('load', () => resolve(), { once: true }))
}
