'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import type { EffectResolve } from '#lib/contracts/run-acts.ts'
import type { Json } from '#lib/json.ts'
import type { EffectChoice } from './effect-words.ts'
import { EFFECT_WORDS } from './effect-words.ts'

export interface EffectDialogProps {
  readonly choice: EffectChoice
  readonly onClose: () => void
  readonly pending: boolean
  readonly error: string | null
  readonly onResolve: (body: EffectResolve) => void
}

/** Asks once more before it is said what happened, because it cannot be taken back. */
export function EffectDialog({ choice, onClose, pending, error, onResolve }: EffectDialogProps) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const { title, description, label, help, confirm } = EFFECT_WORDS[choice]
  const submit = () => {
    if (choice === 'repeat') return onResolve({ resolution: 'repeat' })
    if (choice === 'fail') {
      const reason = text.trim()
      return onResolve({ resolution: 'fail', ...(reason === '' ? {} : { reason }) })
    }
    const read = readJson(text)
    if ('problem' in read) setProblem(read.problem)
    else onResolve({ resolution: 'done', result: read.value })
  }
  return (
    <Dialog open onOpenChange={onClose} title={title} description={description}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {error && <Notice tone="bad">{error}</Notice>}
        {label && (
          <Field label={label} optional help={help} error={problem}>
            {(control) => (
              <Textarea
                {...control}
                rows={choice === 'done' ? 5 : 2}
                maxLength={choice === 'fail' ? 1000 : undefined}
                spellCheck={choice === 'fail'}
                className={choice === 'done' ? 'font-mono' : ''}
                value={text}
                onChange={(event) => {
                  setText(event.target.value)
                  setProblem(null)
                }}
              />
            )}
          </Field>
        )}
        <DialogActions>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant={choice === 'done' ? 'primary' : 'danger'} disabled={pending}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** Nothing typed is null. */
function readJson(text: string): { readonly value: Json } | { readonly problem: string } {
  if (text.trim() === '') return { value: null }
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}` }
  }
}
