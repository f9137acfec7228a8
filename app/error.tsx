'use client'
import { isMissingPart } from '#components/ui/missing-part.ts'

interface ErrorPageProps {
  readonly error: Error & { digest?: string }
  readonly reset: () => void
}

/** Stands in for a page that failed. Part of every route, so it brings nothing along that it can do without. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const missing = isMissingPart(error)
  return (
    <main className="mx-auto max-w-md px-5 py-24">
      <h1 className="text-xl font-semibold tracking-tight">Something went wrong on our side</h1>
      <p className="mt-2 text-base text-ink-muted">
        Nothing you entered elsewhere is lost. {missing ? 'Reload the page' : 'Try again'}; if it stays, tell whoever
        runs this Scaff.
      </p>
      {error.digest && (
        <p className="mt-2 text-sm text-ink-muted">
          Reference for the log: <code className="font-mono">{error.digest}</code>
        </p>
      )}
      <p className="mt-6 flex gap-4">
        <button
          type="button"
          onClick={missing ? () => window.location.reload() : reset}
          className="h-8 rounded-md bg-accent px-3 text-sm font-medium text-accent-on hover:bg-accent-hover"
        >
          {missing ? 'Reload the page' : 'Try again'}
        </button>
        <a href="/" className="py-1.5 text-sm underline underline-offset-2">
          Go to the start page
        </a>
      </p>
    </main>
  )
}
