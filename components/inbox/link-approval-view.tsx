'use client'
import { useActionState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ApprovalLink } from '#lib/contracts/approvals.ts'
import type { DecisionKind } from '#lib/contracts/run-waits.ts'
import { ChoiceFields } from './choice-fields.tsx'
import { DECISION_WORDS } from './decision-words.ts'

export type OpenApprovalLink = Extract<ApprovalLink, { state: 'open' }>

/** Where the person stands between the two acts. */
export type LinkStep =
  | {
      readonly at: 'choose'
      readonly choice: DecisionKind | null
      readonly comment: string
      readonly error: string | null
    }
  | {
      readonly at: 'confirm'
      readonly choice: DecisionKind
      readonly comment: string
      /** Made by the first act for this browser and this choice; the second is refused without it. */
      readonly nonce: string
      readonly error: string | null
    }

export type LinkAction = (previous: LinkStep, form: FormData) => Promise<LinkStep>

interface LinkApprovalViewProps {
  readonly link: OpenApprovalLink
  /** `?choice=` of the mail's link only says what is chosen at first. */
  readonly preselected: DecisionKind | null
  readonly action: LinkAction
}

/** Both acts are plain POSTs of the browser: opening the page, or anything that only reads it, decides nothing. */
export function LinkApprovalView({ link, preselected, action }: LinkApprovalViewProps) {
  const [step, dispatch, pending] = useActionState(action, {
    at: 'choose',
    choice: preselected,
    comment: '',
    error: null,
  })
  return (
    <section aria-label="Your decision" aria-live="polite" className="rounded-xl border bg-sunken p-4 sm:p-5">
      {step.at === 'choose' ? (
        // A key of its own, so that what stood in the other act's form is not carried over.
        <form key="choose" action={dispatch} className="grid gap-5">
          <Progress at={1} />
          {step.error && <Notice tone="bad">{step.error}</Notice>}
          <ChoiceFields
            choices={link.choices}
            consequences={link.consequences}
            choice={step.choice}
            comment={step.comment}
          />
          <div>
            <Button
              type="submit"
              name="act"
              value="choose"
              variant="primary"
              size="lg"
              disabled={pending}
              className="max-sm:w-full"
            >
              Continue
            </Button>
            <p className="mt-2 text-sm text-ink-muted">This decides nothing yet: you confirm it in the next step.</p>
          </div>
        </form>
      ) : (
        <ConfirmForm key="confirm" step={step} link={link} dispatch={dispatch} pending={pending} />
      )}
    </section>
  )
}

const STEPS = ['Choose', 'Confirm'] as const

/** Where one is between the two acts: said in words, not by colour alone. */
function Progress({ at }: { readonly at: 1 | 2 }) {
  return (
    <div className="border-b pb-3">
      <p className="text-base font-semibold">
        Step {at} of 2: {STEPS[at - 1]?.toLowerCase()}
      </p>
      <div aria-hidden="true" className="mt-2 grid grid-cols-2 gap-1.5">
        {STEPS.map((step, i) => (
          <span key={step} className={`h-1 rounded-full ${i < at ? 'bg-accent' : 'bg-hover'}`} />
        ))}
      </div>
    </div>
  )
}

interface ConfirmFormProps {
  readonly step: Extract<LinkStep, { at: 'confirm' }>
  readonly link: OpenApprovalLink
  readonly dispatch: (form: FormData) => void
  readonly pending: boolean
}

function ConfirmForm({ step, link, dispatch, pending }: ConfirmFormProps) {
  const words = DECISION_WORDS[step.choice]
  return (
    <form action={dispatch} className="grid gap-4">
      <Progress at={2} />
      {step.error && <Notice tone="bad">{step.error}</Notice>}
      <input type="hidden" name="choice" value={step.choice} />
      <input type="hidden" name="comment" value={step.comment} />
      <input type="hidden" name="nonce" value={step.nonce} />
      <div className="text-base">
        <p>
          You are about to <strong className="font-semibold">{words.about}</strong> as{' '}
          <span className="[overflow-wrap:anywhere]">{link.approver}</span>. This cannot be taken back.
        </p>
        {link.consequences[step.choice] && <p className="mt-1 text-ink-muted">{link.consequences[step.choice]}</p>}
      </div>
      {step.comment && (
        <blockquote className="people-text border-s-2 ps-3 text-sm whitespace-pre-wrap text-ink-muted">
          <VisibleText text={step.comment} />
        </blockquote>
      )}
      {link.confirm === 'code' && (
        <Field label="Code from the mail" className="max-w-48">
          {(control) => (
            <Input {...control} name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={20} tall />
          )}
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          name="act"
          value="confirm"
          variant={step.choice === 'reject' ? 'danger' : 'primary'}
          size="lg"
          disabled={pending}
        >
          {words.confirm}
        </Button>
        <Button type="submit" name="act" value="back" size="lg" disabled={pending} formNoValidate>
          Back
        </Button>
      </div>
    </form>
  )
}
