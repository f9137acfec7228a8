import type { Json } from '#lib/json.ts'
import type { DecisionExpectation, Expectation, MailExpectation, TestCase } from '#lib/workflow/cases/case.ts'
import type { CaseMail } from '#lib/workflow/cases/report.ts'
import { foldContext, scopeOf } from '#lib/workflow/context.ts'
import { formatPath, type SourcePath } from '#lib/workflow/diagnostics.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { isTrue } from '#lib/workflow/expressions/truth.ts'
import { ROOT } from '#lib/workflow/paths.ts'
import type { HeldRun } from '#lib/workflow/simulate.ts'
import { differences } from './compare.ts'

/** Something that is not as the test expects; `path` leads into the author's document. */
export interface Miss {
  readonly path: SourcePath
  readonly what: string
  readonly message: string
  readonly expected?: Json
  readonly actual?: Json
}

interface Outcome {
  readonly run: HeldRun
  readonly mails: readonly CaseMail[]
  readonly now: string
}

/** All that came out otherwise than expected, in the order in which one would look at it. */
export function judge({ path, expect }: TestCase, outcome: Outcome): readonly Miss[] {
  const { run } = outcome
  const at = (...parts: SourcePath): SourcePath => [...path, 'expect', ...parts]
  const misses = [
    ...statusMisses(expect, run, at),
    ...errorMisses(expect, run, at),
    ...pathMisses(expect, run, at),
    ...valueMisses('outputs', expect.outputs, outputsOf(run), at),
    ...valueMisses('runtime', expect.runtime, foldContext(run.program, run.data).runtime, at),
    ...(expect.decisions === undefined ? [] : decisionMisses(expect.decisions, run, at)),
    ...(expect.mails === undefined ? [] : mailMisses(expect.mails, outcome.mails, at)),
    ...checkMisses(expect.checks ?? [], outcome, at),
  ]
  return misses
}

type At = (...parts: SourcePath) => SourcePath

function miss(at: At, parts: SourcePath, message: string, expected: Json, actual: Json | undefined): Miss {
  return { path: at(...parts), what: formatPath(parts), message, expected, ...(actual === undefined ? {} : { actual }) }
}

function statusMisses({ status }: Expectation, { state }: HeldRun, at: At): readonly Miss[] {
  if (state.status === status) return []
  const { error, waits } = state
  const asked = Object.values(waits).map((wait) => wait.step)
  const reason = error
    ? `${error.step === null ? 'It failed' : `It failed at ${error.step}`}: ${error.message} [${error.code}]`
    : asked.length > 0
      ? `It waits at ${asked.join(', ')}, and nothing more is due.`
      : `It is ${state.status}.`
  return [miss(at, ['status'], `The run should be ${status}. ${reason}`, status, state.status)]
}

function errorMisses({ error: expected }: Expectation, { state }: HeldRun, at: At): readonly Miss[] {
  const { error } = state
  if (!expected || error === null) return []
  const wrong = (key: 'code' | 'step' | 'message', fits: (actual: string, wanted: string) => boolean) => {
    const wanted = expected[key]
    const actual = error[key]
    if (wanted === undefined || (actual !== null && fits(actual, wanted))) return []
    return [miss(at, ['error', key], `The error’s ${key} is another one.`, wanted, actual)]
  }
  const same = (actual: string, wanted: string) => actual === wanted
  return [...wrong('code', same), ...wrong('step', same), ...wrong('message', (actual, part) => actual.includes(part))]
}

/** The workflow's own steps as the run came to them; what was skipped did not run. */
export function pathOf({ history }: HeldRun): readonly string[] {
  return history.flatMap((event) =>
    event.type === 'step.started' && event.path === ROOT && event.attempt === 1 ? [event.step] : [],
  )
}

function pathMisses({ path, visited, not_visited }: Expectation, run: HeldRun, at: At): readonly Miss[] {
  const taken = pathOf(run)
  const started = new Set(run.history.flatMap((event) => (event.type === 'step.started' ? [event.step] : [])))
  return [
    ...(path === undefined || (path.length === taken.length && path.every((step, i) => step === taken[i]))
      ? []
      : [miss(at, ['path'], 'The run took another path.', path, taken)]),
    ...(visited ?? []).flatMap((step, i) =>
      started.has(step) ? [] : [miss(at, ['visited', i], `The run did not come to ${step}.`, step, undefined)],
    ),
    ...(not_visited ?? []).flatMap((step, i) =>
      started.has(step) ? [miss(at, ['not_visited', i], `The run came to ${step}.`, null, step)] : [],
    ),
  ]
}

function outputsOf({ history }: HeldRun): Json | undefined {
  const ended = history.findLast((event) => event.type === 'run.completed')
  return ended?.type === 'run.completed' ? ended.outputs : undefined
}

function valueMisses(
  key: 'outputs' | 'runtime',
  expected: Json | undefined,
  actual: Json | undefined,
  at: At,
): readonly Miss[] {
  if (expected === undefined) return []
  return differences(expected, actual, [key]).map((found) => {
    const nothing = found.actual === undefined ? 'There is nothing here.' : 'The value is another one.'
    return miss(at, found.path, nothing, found.expected, found.actual)
  })
}

/** What was decided at an approval, and where its time ran out. */
function decisionsOf({ history }: HeldRun, step: string): readonly Required<DecisionExpectation>[] {
  const keys = new Set(
    history.flatMap((event) => (event.type === 'wait.opened' && event.wait.step === step ? [event.wait.key] : [])),
  )
  return history.flatMap((event): readonly Required<DecisionExpectation>[] => {
    if (event.type === 'wait.decided' && keys.has(event.wait.key)) {
      const { decision, comment, by } = event.decision
      return [{ decision, by: by.label, comment }]
    }
    return event.type === 'wait.closed' && keys.has(event.wait) && event.outcome === 'expired'
      ? [{ decision: 'expired', by: '', comment: '' }]
      : []
  })
}

function decisionMisses(expected: NonNullable<Expectation['decisions']>, run: HeldRun, at: At): readonly Miss[] {
  return Object.entries(expected).flatMap(([step, wanted]) => {
    const actual = decisionsOf(run, step)
    const fits = (one: DecisionExpectation, found: Required<DecisionExpectation> | undefined) =>
      found !== undefined &&
      found.decision === one.decision &&
      (one.by === undefined || found.by.toLowerCase() === one.by.toLowerCase()) &&
      (one.comment === undefined || found.comment.includes(one.comment))
    if (wanted.length === actual.length && wanted.every((one, i) => fits(one, actual[i]))) return []
    const shown = actual.map(({ decision, by, comment }): Json => ({ decision, by, comment }))
    const asked = wanted.map((one): Json => ({ ...one }))
    return [miss(at, ['decisions', step], `Something else was decided at ${step}.`, asked, shown)]
  })
}

function mailMisses(expected: readonly MailExpectation[], mails: readonly CaseMail[], at: At): readonly Miss[] {
  const shown = mails.map(({ to, kind, subject }): Json => ({ to, kind, subject }))
  if (expected.length === 0)
    return mails.length === 0 ? [] : [miss(at, ['mails'], 'Mails went out, and none was expected.', [], shown)]
  return expected.flatMap((wanted, i) => {
    const found = mails.filter((mail) => isLike(mail, wanted)).length
    if (wanted.count === undefined ? found > 0 : found === wanted.count) return []
    const message =
      wanted.count === undefined
        ? 'No mail went out that fits.'
        : `${found === 1 ? '1 mail' : `${found} mails`} went out that fit, not ${wanted.count}.`
    return [miss(at, ['mails', i], message, { ...wanted }, shown)]
  })
}

function isLike(mail: CaseMail, { to, kind, subject, step }: MailExpectation): boolean {
  return (
    (to === undefined || mail.to.toLowerCase() === to.toLowerCase()) &&
    (kind === undefined || mail.kind === kind) &&
    (subject === undefined || mail.subject.includes(subject)) &&
    (step === undefined || mail.step === step)
  )
}

function checkMisses(checks: readonly string[], { run, now }: Outcome, at: At): readonly Miss[] {
  const scope = scopeOf(run.program, run.data, now, ROOT)
  return checks.flatMap((check, i) => {
    const wrong = (message: string) => [{ path: at('checks', i), what: `checks[${i}]`, message }]
    try {
      return isTrue(evaluateExpression(check, scope)) ? [] : wrong(`This does not hold: ${check}`)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      return wrong(`This cannot be decided: ${check}. ${error.message}`)
    }
  })
}
