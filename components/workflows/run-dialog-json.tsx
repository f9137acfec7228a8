'use client'
import { useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import type { JsonObject } from '#lib/json.ts'
import { readObject } from './read-object.ts'
import { RunButtons } from './run-dialog-parts.tsx'

interface FreeInputsProps {
  readonly prefill: JsonObject
  readonly missing: readonly string[]
  readonly pending: boolean
  readonly onStart: (inputs: JsonObject) => void
  readonly onOpenChange: (open: boolean) => void
}

/** Inputs of a workflow that declares none: folded away, because it can begin without. */
export function FreeInputs({ prefill, missing, pending, onStart, onOpenChange }: FreeInputsProps) {
  const given = Object.keys(prefill).length > 0
  const [text, setText] = useState(given ? JSON.stringify(prefill, null, 2) : '')
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const read = readObject(text)
        if (typeof read !== 'string') return onStart(read)
        setProblem(read)
        event.currentTarget.querySelector('textarea')?.focus()
      }}
    >
      <details className="text-sm" open={given || problem !== null}>
        <summary className="w-fit rounded py-1 text-[0.8125rem] text-ink-muted hover:text-ink">
          Give inputs all the same
        </summary>
        <Field label="Inputs as a JSON object" optional error={problem} className="mt-2">
          {(control) => (
            <Textarea
              {...control}
              spellCheck={false}
              rows={6}
              className="font-mono"
              placeholder='{"topic": "AI for developers"}'
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setProblem(null)
              }}
            />
          )}
        </Field>
      </details>
      <RunButtons pending={pending} blocked={missing.length > 0} onCancel={() => onOpenChange(false)} />
    </form>
  )
}
