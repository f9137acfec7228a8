import { Check, PencilLine, X } from 'lucide-react'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import type { DecisionKind } from '#lib/contracts/run-waits.ts'
import { DECISION_WORDS } from './decision-words.ts'

const ICONS = { approve: Check, reject: X, revise: PencilLine }

interface ChoiceFieldsProps {
  readonly choices: readonly DecisionKind[]
  readonly consequences?: Partial<Record<DecisionKind, string>>
  readonly choice: DecisionKind | null
  readonly comment: string
  readonly error?: string | null
  readonly onChoice?: (choice: DecisionKind) => void
}

/** The first act: which way, and why. Nothing here decides anything. */
export function ChoiceFields({ choices, consequences, choice, comment, error, onChoice }: ChoiceFieldsProps) {
  return (
    <div className="grid gap-4">
      <fieldset aria-describedby={error ? 'choice-error' : undefined}>
        <legend className="mb-2 text-sm font-medium">Your decision</legend>
        <div className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
          {choices.map((kind) => {
            const Icon = ICONS[kind]
            return (
              <label
                key={kind}
                htmlFor={`choice-${kind}`}
                className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-control/60 bg-surface p-3 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink"
              >
                <input
                  id={`choice-${kind}`}
                  type="radio"
                  name="choice"
                  value={kind}
                  required
                  defaultChecked={choice === kind}
                  onChange={() => onChoice?.(kind)}
                  className="mt-1 size-4 shrink-0 accent-accent outline-none"
                />
                <span className="min-w-0">
                  <span className="flex items-center gap-1.5 text-base font-medium sm:text-sm">
                    <Icon aria-hidden="true" className="size-4 text-ink-subtle" />
                    {DECISION_WORDS[kind].choose}
                  </span>
                  <span className="mt-0.5 block text-[0.8125rem] text-ink-muted">
                    {consequences?.[kind] ?? DECISION_WORDS[kind].explain}
                  </span>
                </span>
              </label>
            )
          })}
        </div>
        {error && (
          <p id="choice-error" role="alert" className="mt-2 text-[0.8125rem] text-bad">
            {error}
          </p>
        )}
      </fieldset>
      <Field label="Comment" optional help="Kept with your decision and shown to those concerned.">
        {(control) => <Textarea {...control} name="comment" maxLength={10_000} rows={3} defaultValue={comment} />}
      </Field>
    </div>
  )
}
