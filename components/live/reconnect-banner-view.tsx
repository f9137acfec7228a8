import { CloudOff, LogIn } from 'lucide-react'
import type { Connection } from './live.ts'

interface ReconnectBannerViewProps {
  readonly connection: Connection
  /** Where to come back to after signing in. */
  readonly path: string
}

/** Says calmly that the page may be out of date, and goes by itself. Announced without interrupting what is read. */
export function ReconnectBannerView({ connection, path }: ReconnectBannerViewProps) {
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--shell-bottom,0px)+1rem)] z-30 flex justify-center px-4 pb-[env(safe-area-inset-bottom)]"
    >
      {connection !== 'open' && (
        <p className="motion-pop pointer-events-auto flex items-center gap-2.5 rounded-lg border bg-surface px-3 py-2 text-[0.8125rem] text-ink-muted shadow-float">
          {connection === 'lost' ? <Lost /> : <SignedOut path={path} />}
        </p>
      )}
    </div>
  )
}

function Lost() {
  return (
    <>
      <CloudOff aria-hidden="true" className="size-4 shrink-0 text-warn" />
      <span>
        <span className="font-medium text-ink">No connection.</span> Runs go on; this page catches up when it is back.
      </span>
    </>
  )
}

function SignedOut({ path }: { readonly path: string }) {
  return (
    <>
      <LogIn aria-hidden="true" className="size-4 shrink-0 text-ink-subtle" />
      <span>
        <span className="font-medium text-ink">You are signed out.</span> What you see is no longer updated.
      </span>
      <a
        href={`/login?returnTo=${encodeURIComponent(path)}`}
        className="shrink-0 rounded-md px-2 py-1 font-medium text-accent-ink hover:bg-hover"
      >
        Sign in
      </a>
    </>
  )
}
