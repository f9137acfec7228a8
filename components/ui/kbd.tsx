import { clsx } from 'clsx'

interface KbdProps {
  /** The keys of one stroke or of a sequence, e.g. `['⌘', 'K']` or `['g', 'r']`. */
  readonly keys: readonly string[]
  readonly className?: string
}

/** Keys as they are printed on a keyboard. */
export function Kbd({ keys, className }: KbdProps) {
  return (
    <kbd className={clsx('inline-flex shrink-0 gap-0.5 font-sans text-xs text-ink-subtle', className)}>
      {keys.map((key, i) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the keys of one stroke never move
          key={i}
          className="grid h-5 min-w-5 place-items-center rounded-sm border bg-sunken px-1 font-sans leading-none"
        >
          {key}
        </kbd>
      ))}
    </kbd>
  )
}
