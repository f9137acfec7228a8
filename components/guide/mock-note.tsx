import { clsx } from 'clsx'
import { FlaskConical } from 'lucide-react'

/** Under what the mock wrote, so that nobody takes it for the work of a model. */
export function MockNote({ className }: { readonly className?: string }) {
  return (
    <p className={clsx('flex items-start gap-2 text-[0.8125rem] text-ink-muted', className)}>
      <FlaskConical aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-ink-subtle" />
      <span>
        Made up by the built-in mock to fit the schema, because no AI provider is configured. Set{' '}
        <code className="font-mono text-xs">OPENAI_API_KEY</code> or{' '}
        <code className="font-mono text-xs">ANTHROPIC_API_KEY</code> and restart for real answers.
      </span>
    </p>
  )
}
