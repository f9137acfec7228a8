import { isJsonObject, type Json } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import { oneOf } from '../suggest.ts'
import {
  DECISION_WORDS,
  type DecisionExpectation,
  EXPECTED_STATUSES,
  type Expectation,
  MAIL_KINDS,
  type MailExpectation,
} from './case.ts'
import { type CaseReader, hintFor } from './case-reader.ts'

export const EXPECT_KEYS = [
  'status',
  'error',
  'path',
  'visited',
  'not_visited',
  'outputs',
  'runtime',
  'mails',
  'decisions',
  'checks',
] as const
export const ERROR_KEYS = ['code', 'step', 'message'] as const
export const MAIL_KEYS = ['to', 'kind', 'subject', 'step', 'count'] as const
export const DECISION_KEYS = ['decision', 'by', 'comment'] as const

/** Without a status the run has to complete, or to fail where an error is expected. */
export function readExpectation(raw: Json | undefined, path: SourcePath, reader: CaseReader): Expectation {
  const given = reader.mapping(raw, path, 'expect', EXPECT_KEYS) ?? {}
  const error = readError(given.error, [...path, 'error'], reader)
  const status = reader.word(given.status, [...path, 'status'], 'status', EXPECTED_STATUSES)
  if (error !== undefined && status !== undefined && status !== 'failed')
    reader.wrong(`A run that is ${status} has no error. Expect status: failed, or leave one of them out.`, [
      ...path,
      'error',
    ])
  const runtime = reader.mapping(given.runtime, [...path, 'runtime'], 'runtime') ?? {}
  return {
    status: status ?? (error === undefined ? 'completed' : 'failed'),
    ...present('error', error),
    ...present('path', readSteps(given.path, [...path, 'path'], reader)),
    ...present('visited', readSteps(given.visited, [...path, 'visited'], reader)),
    ...present('not_visited', readSteps(given.not_visited, [...path, 'not_visited'], reader)),
    ...present('outputs', given.outputs),
    ...present('runtime', given.runtime === undefined ? undefined : runtime),
    ...present('mails', readMails(given.mails, [...path, 'mails'], reader)),
    ...present('decisions', readDecisions(given.decisions, [...path, 'decisions'], reader)),
    ...present('checks', readChecks(given.checks, [...path, 'checks'], reader)),
  }
}

function present<K extends keyof Expectation>(key: K, value: Expectation[K] | undefined): Pick<Expectation, never> {
  return value === undefined ? {} : { [key]: value }
}

function readError(raw: Json | undefined, path: SourcePath, reader: CaseReader): Expectation['error'] {
  if (raw === undefined || raw === null) return undefined
  // A code alone is what is asked for most.
  if (typeof raw === 'string') return { code: raw }
  const given = reader.mapping(raw, path, 'error', ERROR_KEYS) ?? {}
  const texts = ERROR_KEYS.flatMap((key) => {
    const value = reader.text(given[key], [...path, key], key)
    return value === undefined ? [] : [[key, value] as const]
  })
  const step = given.step === undefined ? undefined : reader.step(given.step, [...path, 'step'], 'value')?.step.id
  return { ...Object.fromEntries(texts), ...(step === undefined ? {} : { step }) }
}

function readSteps(raw: Json | undefined, path: SourcePath, reader: CaseReader): readonly string[] | undefined {
  return reader
    .list(raw, path, String(path.at(-1)))
    ?.flatMap((name, i) => reader.step(name, [...path, i], 'value')?.step.id ?? [])
}

function readMails(raw: Json | undefined, path: SourcePath, reader: CaseReader): Expectation['mails'] {
  return reader.list(raw, path, 'mails')?.map((item, i) => readMail(item, [...path, i], reader))
}

function readMail(raw: Json, path: SourcePath, reader: CaseReader): MailExpectation {
  const given = (raw === null ? null : reader.mapping(raw, path, 'A mail', MAIL_KEYS)) ?? {}
  const to = reader.text(given.to, [...path, 'to'], 'to')
  const subject = reader.text(given.subject, [...path, 'subject'], 'subject')
  const kind = reader.word(given.kind, [...path, 'kind'], 'kind', MAIL_KINDS)
  const step = given.step === undefined ? undefined : reader.step(given.step, [...path, 'step'], 'value')?.step.id
  const { count } = given
  const counted = typeof count === 'number' && Number.isInteger(count) && count >= 0
  if (count !== undefined && !counted) reader.wrong('count is a number of mails.', [...path, 'count'])
  return {
    ...(to === undefined ? {} : { to }),
    ...(subject === undefined ? {} : { subject }),
    ...(kind === undefined ? {} : { kind }),
    ...(step === undefined ? {} : { step }),
    ...(counted ? { count } : {}),
  }
}

function readDecisions(raw: Json | undefined, path: SourcePath, reader: CaseReader): Expectation['decisions'] {
  if (raw === undefined || raw === null) return undefined
  const given = reader.mapping(raw, path, 'decisions') ?? {}
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const place = [...path, name]
      const draft = reader.step(name, place, 'key')
      if (draft && draft.step.type !== 'approval')
        reader.wrongKey('test.wrong_step', `${name} is no approval, so nobody decides there.`, place)
      const list = Array.isArray(value)
        ? value.map((item: Json, i) => readDecision(item, [...place, i], reader))
        : [readDecision(value, place, reader)]
      return draft ? [[draft.step.id, list.filter((one) => one !== null)]] : []
    }),
  )
}

function readDecision(value: Json, path: SourcePath, reader: CaseReader): DecisionExpectation | null {
  const given = isJsonObject(value)
    ? (reader.mapping(value, path, 'A decision', DECISION_KEYS) ?? {})
    : { decision: value }
  const place = isJsonObject(value) ? [...path, 'decision'] : path
  const decision = DECISION_WORDS.find((word) => word === given.decision)
  if (decision === undefined) {
    const found = given.decision ?? null
    reader.wrong(
      `A decision is ${oneOf(DECISION_WORDS)}, or {decision, by, comment}.`,
      place,
      hintFor(found, DECISION_WORDS),
    )
    return null
  }
  const by = reader.text(given.by, [...path, 'by'], 'by')
  const comment = reader.text(given.comment, [...path, 'comment'], 'comment')
  return { decision, ...(by === undefined ? {} : { by }), ...(comment === undefined ? {} : { comment }) }
}

function readChecks(raw: Json | undefined, path: SourcePath, reader: CaseReader): readonly string[] | undefined {
  return reader.list(raw, path, 'checks')?.flatMap((check, i) => {
    if (typeof check === 'string') {
      reader.expression(check, [...path, i])
      return [check]
    }
    reader.wrong('A check is an expression, such as runtime.score > 80.', [...path, i])
    return []
  })
}
