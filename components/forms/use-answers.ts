'use client'
import { type FormEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { JsonSchema } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'
import type { SummaryItem } from './error-summary.tsx'
import { type Errors, type Problem, summaryOf, toErrors } from './problems.ts'

interface AnswersOptions {
  readonly fields: readonly Field[]
  readonly schema: JsonSchema
  readonly prefix: string
  /** What the server found. */
  readonly problems: readonly Problem[]
}

export interface Answers {
  readonly formRef: RefObject<HTMLFormElement | null>
  readonly summaryRef: RefObject<HTMLDivElement | null>
  readonly errors: Errors
  readonly summary: readonly SummaryItem[]
  /** Calls back with the form where its answers fit, else shows what is wrong and moves the focus there. */
  readonly submit: (onValid: (form: HTMLFormElement) => void) => void
  /** Where something is wrong already, what is changed is looked at again at once. */
  readonly onInput: (event: FormEvent<HTMLFormElement>) => void
}

/** The code that checks; null where it cannot be fetched: then the server alone judges, as it does in any case. */
const load = () =>
  import('./check-answers.ts').then(
    ({ checkAnswers }) => checkAnswers,
    () => null,
  )

/**
 * Holds a participant's form to its schema before it is sent. Small on purpose: whatever checks comes after the page, when
 * somebody begins to answer.
 */
export function useAnswers({ fields, schema, prefix, problems }: AnswersOptions): Answers {
  const formRef = useRef<HTMLFormElement>(null)
  const summaryRef = useRef<HTMLDivElement>(null)
  const given = useMemo(() => toErrors(problems, fields), [problems, fields])
  const [own, setOwn] = useState<{ readonly of: Errors; readonly errors: Errors }>({ of: given, errors: given })
  // What the server has just said replaces what was found before.
  const errors = own.of === given ? own.errors : given
  const failures = useRef(0)
  const busy = useRef(false)
  const [failed, setFailed] = useState(0)

  useEffect(() => {
    if (failed > 0) summaryRef.current?.focus()
  }, [failed])
  useEffect(() => {
    const form = formRef.current
    const begin = () => void load()
    form?.addEventListener('focusin', begin, { once: true })
    return () => form?.removeEventListener('focusin', begin)
  }, [])

  const submit: Answers['submit'] = async (onValid) => {
    const form = formRef.current
    // A second click while the first is looked at is the same click.
    if (!form || busy.current) return
    busy.current = true
    const check = await load()
    busy.current = false
    const found = check?.(fields, schema, form).errors ?? {}
    setOwn({ of: given, errors: found })
    if (Object.keys(found).length === 0) return onValid(form)
    failures.current += 1
    setFailed(failures.current)
  }

  const onInput: Answers['onInput'] = async (event) => {
    const form = event.currentTarget
    const { name } = event.target as HTMLInputElement
    if (!Object.hasOwn(errors, name)) return
    const now = (await load())?.(fields, schema, form).errors
    if (!now) return
    const { [name]: _, ...others } = errors
    const said = Object.hasOwn(now, name) ? { ...errors, [name]: now[name] ?? '' } : others
    setOwn({ of: given, errors: said })
  }

  return { formRef, summaryRef, errors, summary: summaryOf(errors, prefix), submit, onInput }
}
