import { Minus, PencilLine, Plus } from 'lucide-react'
import type { WorkflowComparison } from '#lib/contracts/workflows.ts'

const SIGNS = {
  added: { icon: Plus, tone: 'text-good', word: 'Added: ' },
  removed: { icon: Minus, tone: 'text-bad', word: 'Removed: ' },
  changed: { icon: PencilLine, tone: 'text-info', word: 'Changed: ' },
} as const

/** What differs in meaning, each in a sentence. */
export function ChangeList({ changes }: { readonly changes: WorkflowComparison['changes'] }) {
  if (changes.length === 0) {
    return <p className="px-3 py-2 text-[0.8125rem] text-ink-muted">Both do the same; only the text differs.</p>
  }
  return (
    <ul aria-label="What changed" className="grid gap-1 px-3 py-2 text-[0.8125rem]">
      {changes.map(({ kind, text }) => {
        const { icon: Icon, tone, word } = SIGNS[kind]
        return (
          <li key={`${kind}:${text}`} className="flex gap-2">
            <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${tone}`} />
            <span className="min-w-0">
              <span className="sr-only">{word}</span>
              <bdi>{text}</bdi>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
