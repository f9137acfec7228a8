'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { DecisionKind } from '#lib/contracts/runs.ts'
import { ChoiceFields } from './choice-fields.tsx'
import { DECISION_WORDS } from './decision-words.ts'

export interface DecideFormViewProps {
  readonly choices: readonly DecisionKind[]
  readonly pending: boolean
  readonly error: string | null
  readonly onDecide: (decision: DecisionKind, comment: string) => void
}

/** Decides in two deliberate acts: choose and say why, then confirm what was chosen. */
export function DecideFormView({ choices, pending, error, onDecide }: DecideFormViewProps) {
  const [chosen, setChosen] = useState<{ choice: DecisionKind; comment: string } | null>(null)
  const [confirming, setConfirming] = useState(false)

  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const choice = choices.find((kind) => kind === data.get('choice'))
    if (!choice) return
    setChosen({ choice, comment: String(data.get('comment') ?? '') })
    setConfirming(true)
  }

  if (confirming && chosen) {
    const words = DECISION_WORDS[chosen.choice]
    return (
      <div className="grid gap-4">
        {error && <Notice tone="bad">{error}</Notice>}
        <p className="text-sm">
          You are about to <strong className="font-semibold">{words.about}</strong>. This cannot be taken back.
        </p>
        {chosen.comment && (
          <blockquote className="border-l-2 pl-3 text-sm whitespace-pre-wrap text-ink-muted">
            <VisibleText text={chosen.comment} />
          </blockquote>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            variant={chosen.choice === 'reject' ? 'danger' : 'primary'}
            disabled={pending}
            autoFocus
            onClick={() => onDecide(chosen.choice, chosen.comment)}
          >
            {pending ? 'Sending…' : words.confirm}
          </Button>
          <Button disabled={pending} onClick={() => setConfirming(false)}>
            Back
          </Button>
        </div>
      </div>
    )
  }

  return (
    <form onSubmit={choose} className="grid gap-4">
      {error && <Notice tone="bad">{error}</Notice>}
      <ChoiceFields choices={choices} choice={chosen?.choice ?? null} comment={chosen?.comment ?? ''} />
      <div>
        <Button type="submit" variant="primary">
          Continue
        </Button>
      </div>
    </form>
  )
}
