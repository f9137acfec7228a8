'use client'
import { clsx } from 'clsx'
import { Check, PencilLine, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { type Hotkeys, useHotkeys } from '#components/ui/use-hotkeys.ts'
import type { DecisionKind } from '#lib/contracts/run-waits.ts'
import { DECISION_WORDS } from './decision-words.ts'

const ICONS = { approve: Check, reject: X, revise: PencilLine }

export interface DecideFormViewProps {
  readonly choices: readonly DecisionKind[]
  /** What each choice leads to, in a sentence. */
  readonly consequences: Partial<Record<DecisionKind, string>>
  readonly pending: boolean
  readonly error: string | null
  readonly onDecide: (decision: DecisionKind, comment: string) => void
  /** Whether `a`, `r` and `e` choose: once on a page. */
  readonly keys?: boolean
}

/** Decides in two deliberate acts: choose, then say why and confirm. Ctrl or ⌘ with Enter confirms. */
export function DecideFormView({ choices, consequences, pending, error, onDecide, keys = false }: DecideFormViewProps) {
  const [choice, setChoice] = useState<DecisionKind | null>(null)
  const choose: Hotkeys = Object.fromEntries(choices.map((kind) => [DECISION_WORDS[kind].key, () => setChoice(kind)]))
  useHotkeys(keys ? choose : {})
  const wanted = useRef<DecisionKind | null>(null)

  if (choice !== null && choices.includes(choice)) {
    const back = () => {
      wanted.current = choice
      setChoice(null)
    }
    return (
      <Composer
        key={choice}
        choice={choice}
        consequence={consequences[choice]}
        pending={pending}
        error={error}
        onBack={back}
        onConfirm={(comment) => onDecide(choice, comment)}
      />
    )
  }
  return (
    <div className="grid gap-2">
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex flex-wrap gap-2">
        {choices.map((kind) => {
          const Icon = ICONS[kind]
          return (
            <Button
              key={kind}
              variant={kind === 'approve' ? 'primary' : 'secondary'}
              // Where the choice was taken back, the keyboard goes on from there.
              autoFocus={wanted.current === kind}
              onClick={() => setChoice(kind)}
            >
              <Icon aria-hidden="true" />
              {DECISION_WORDS[kind].choose}
              {keys && (
                <Kbd
                  keys={[DECISION_WORDS[kind].key.toUpperCase()]}
                  className={clsx(
                    'ms-1 max-sm:hidden',
                    kind === 'approve' && '[&>kbd]:border-transparent [&>kbd]:bg-accent-hover [&>kbd]:text-accent-on',
                  )}
                />
              )}
            </Button>
          )
        })}
      </div>
    </div>
  )
}

interface ComposerProps {
  readonly choice: DecisionKind
  readonly consequence: string | undefined
  readonly pending: boolean
  readonly error: string | null
  readonly onBack: () => void
  readonly onConfirm: (comment: string) => void
}

function Composer({ choice, consequence, pending, error, onBack, onConfirm }: ComposerProps) {
  const words = DECISION_WORDS[choice]
  const field = useRef<HTMLTextAreaElement>(null)
  const [missing, setMissing] = useState(false)
  const required = choice === 'revise'
  useEffect(() => field.current?.focus(), [])

  const confirm = () => {
    const comment = field.current?.value ?? ''
    if (required && comment.trim() === '') {
      setMissing(true)
      field.current?.focus()
      return
    }
    if (!pending) onConfirm(comment)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      confirm()
    } else if (event.key === 'Escape' && !pending) {
      event.stopPropagation()
      onBack()
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside bubble to here
    <div className="grid gap-3" onKeyDown={onKeyDown}>
      {error && <Notice tone="bad">{error}</Notice>}
      <p className="text-sm">
        You are about to <strong className="font-semibold">{words.about}</strong>. {consequence ?? words.explain} This
        cannot be taken back.
      </p>
      <Field
        label="Comment"
        optional={!required}
        help={words.comment}
        error={missing ? 'Say what should be changed' : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={field}
            rows={3}
            maxLength={10_000}
            dir="auto"
            aria-required={required || undefined}
            onChange={() => setMissing(false)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant={choice === 'reject' ? 'danger' : 'primary'}
          aria-disabled={pending || undefined}
          onClick={confirm}
        >
          {pending ? 'Sending…' : words.confirm}
        </Button>
        <Button aria-disabled={pending || undefined} onClick={pending ? undefined : onBack}>
          Back
        </Button>
        <span className="ms-auto flex items-center gap-1.5 text-xs text-ink-subtle max-sm:hidden">
          <Kbd keys={['Ctrl', '⏎']} /> confirms
        </span>
      </div>
    </div>
  )
}
