import { ScaffError } from '#lib/errors.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { AiAnswer, Script, TestCase } from '#lib/workflow/cases/case.ts'
import type { CaseFinding, CaseMail, CaseReport, TestReport } from '#lib/workflow/cases/report.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { SourcePath } from '#lib/workflow/diagnostics.ts'
import type { HistoryEvent } from '#lib/workflow/events.ts'
import { workflowOutline } from '#lib/workflow/outline.ts'
import { parseText } from '#lib/workflow/parse.ts'
import { validateParsed } from '#lib/workflow/validate.ts'
import { DEFAULT_START } from '../begin.ts'
import { toMail } from '../story.ts'
import { coverageOf } from './coverage.ts'
import { judge, type Miss, pathOf } from './judge.ts'
import { type Library, Stage } from './stage.ts'

export interface TestOptions {
  /** Finds workflows that steps call; absent: none is at hand. */
  readonly library?: Library
  /** What a model sent for a step, from a file beside the workflow; null: there is none that can be read. */
  readonly recording?: (file: string, step: string) => readonly string[] | null
}

/** Who starts a run where the test does not say. */
export const STARTER = { name: 'Tester', email: 'tester@example.com', role: 'editor' }

/**
 * Plays every test of a workflow text in memory, on the real core and by a virtual clock, and says what came out otherwise
 * than expected. The same text gives the same report, on every machine.
 */
export async function runTests(text: string, options: TestOptions = {}): Promise<TestReport> {
  const parsed = parseText(text)
  const { definition, tests, diagnostics } = validateParsed(parsed, stepCatalog)
  const { source } = parsed
  if (definition === null || source === null) return { workflow: null, diagnostics, cases: [], coverage: null }
  const outline = workflowOutline(text, parsed.document)
  const lineOf = (step: string) => outline.find(({ id }) => id.trim().toLowerCase() === step)?.line ?? 1
  const played = []
  for (const test of tests) played.push(await playCase(test, definition, options))
  const cases = played.map(
    ({ test, misses, ...rest }): CaseReport => ({
      name: test.name,
      line: source.locate(test.path).line,
      passed: misses.length === 0,
      findings: misses.map(({ path, ...miss }): CaseFinding => {
        const { line, column } = source.locate(path)
        return { line, column, ...miss }
      }),
      ...rest.told,
    }),
  )
  const histories = played.map(({ history }) => history)
  const coverage = cases.length === 0 ? null : coverageOf(definition, histories, lineOf)
  return { workflow: definition.name, diagnostics, cases, coverage }
}

interface PlayedCase {
  readonly test: TestCase
  readonly misses: readonly Miss[]
  readonly history: readonly HistoryEvent[]
  readonly told: Pick<CaseReport, 'status' | 'error' | 'path' | 'started_at' | 'took_ms' | 'mails'>
}

async function playCase(written: TestCase, definition: WorkflowDefinition, options: TestOptions): Promise<PlayedCase> {
  const test = { ...written, ai: withRecordings(written.ai, options) }
  const startsAt = test.at ?? DEFAULT_START
  const { user_id, user_email, user_role, name } = test.profile
  const startedBy = {
    name: name ?? STARTER.name,
    email: user_email ?? STARTER.email,
    role: user_role ?? STARTER.role,
    ...(user_id === undefined ? {} : { id: user_id }),
  }
  const beginning = { startedBy, static: test.static }
  const stage = new Stage({ test, beginning, library: options.library ?? (() => null), startsAt })
  try {
    const run = await stage.play(definition)
    const mails = stage.runs
      .flatMap((each): readonly CaseMail[] => each.messages.map((sent) => toMail(each, sent)))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    const now = stage.clock.now()
    const { trouble } = stage
    // What comes after trouble says nothing of the workflow.
    const misses = trouble ? [{ ...trouble, path: trouble.path ?? test.path }] : judge(test, { run, mails, now })
    const { status, error } = run.state
    const took_ms = Date.parse(now) - Date.parse(startsAt)
    return {
      test,
      misses,
      history: run.history,
      told: { status, error, path: pathOf(run), started_at: startsAt, took_ms, mails },
    }
  } catch (error) {
    if (!(error instanceof ScaffError) || error.code !== 'inputs.invalid') throw error
    return { test, misses: [cannotBegin(test, error)], history: [], told: NOT_BEGUN(startsAt) }
  }
}

function cannotBegin(test: TestCase, error: ScaffError): Miss {
  const given: SourcePath = [...test.path, 'inputs']
  return { path: given, what: 'inputs', message: error.message }
}

const NOT_BEGUN = (started_at: string): PlayedCase['told'] => ({
  status: 'queued',
  error: null,
  path: [],
  started_at,
  took_ms: 0,
  mails: [],
})

/** Puts what was recorded in place of the names of files, as far as they can be read. */
function withRecordings(scripts: TestCase['ai'], { recording }: TestOptions): TestCase['ai'] {
  return Object.fromEntries(
    Object.entries(scripts).map(([step, script]): [string, Script<AiAnswer>] => {
      const texts = script.recorded === undefined ? null : (recording?.(script.recorded, step) ?? null)
      if (texts === null) return [step, script]
      const { path, repeats } = script
      return [step, { path, repeats, answers: texts.map((text) => ({ do: 'say', text })) }]
    }),
  )
}
