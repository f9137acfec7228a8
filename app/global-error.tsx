'use client'
import './globals.css'

/** Stands in for the root layout when that itself fails. */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <main className="mx-auto max-w-md px-5 py-24">
          <h1 className="text-xl font-semibold">Something went wrong on our side</h1>
          <p className="mt-2 mb-6 text-ink-muted">Try again. If it stays, tell whoever runs this Scaff.</p>
          <button
            type="button"
            onClick={reset}
            className="h-8 rounded-md bg-accent px-3 text-sm font-medium text-accent-on hover:bg-accent-hover"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
