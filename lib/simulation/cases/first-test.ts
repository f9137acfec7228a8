import { Document, isMap, isSeq, type Node, visit } from 'yaml'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import { makeInstance } from '#lib/mock-ai/instance.ts'
import { seedOf } from '#lib/mock-ai/random.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { PersonAnswer, TestCase } from '#lib/workflow/cases/case.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import { parseText } from '#lib/workflow/parse.ts'
import type { HeldRun } from '#lib/workflow/simulate.ts'
import type { WaitState } from '#lib/workflow/state.ts'
import { validateParsed } from '#lib/workflow/validate.ts'
import { openingOf } from '../answer-wait.ts'
import { DEFAULT_START } from '../begin.ts'
import { pathOf } from './judge.ts'
import type { Improvise } from './people.ts'
import { STARTER } from './run-tests.ts'
import { Stage, UNSCRIPTED } from './stage.ts'

const NOTHING: TestCase = {
  name: '',
  path: [],
  inputs: {},
  static: {},
  profile: {},
  at: null,
  ...UNSCRIPTED,
  expect: { status: 'completed' },
}

/**
 * Writes a first test for a workflow that has none: plays it with made-up answers and everybody agreeing, and keeps them with
 * what came of it. An edit of the text; null where the text is not valid, is JSON, or has tests already.
 */
export async function firstTest(text: string): Promise<TextEdit | null> {
  const parsed = parseText(text)
  const { definition } = validateParsed(parsed, stepCatalog)
  const raw = parsed.source?.value
  if (definition === null || !isJsonObject(raw) || raw.tests !== undefined || text.trimStart().startsWith('{'))
    return null
  const test = await improvise(definition)
  return append(text, toYaml(test))
}

async function improvise(definition: WorkflowDefinition): Promise<JsonObject> {
  const people: Record<string, Json[]> = {}
  const answer: Improvise = (run, wait) => {
    const { answer, written } = makeAnswer(run, wait)
    people[wait.step] = [...(people[wait.step] ?? []), written]
    return answer
  }
  const inputs = definition.inputs === null ? {} : objectFor(definition.inputs.schema, 'inputs')
  const stage = new Stage({
    test: { ...NOTHING, inputs },
    beginning: { startedBy: STARTER },
    library: () => null,
    improvise: { people: answer, ai: { mode: 'success' }, calls: { do: 'complete', outputs: {} } },
    startsAt: DEFAULT_START,
  })
  const run = await stage.play(definition)
  const began = (type: string) => [
    ...new Set(run.history.flatMap((e) => (e.type === 'step.started' && e.step_type === type ? [e.step] : []))),
  ]
  const each = (steps: readonly string[], value: Json) => Object.fromEntries(steps.map((step) => [step, value]))
  return {
    name: run.state.status === 'completed' ? 'everybody agrees' : `the run is ${run.state.status}`,
    ...filled('inputs', inputs),
    ...filled('people', Object.fromEntries(Object.entries(people).map(([step, given]) => [step, once(given)]))),
    ...filled('ai', each(began('ai_generate'), 'success')),
    ...filled('http', each(began('api_call'), 'success')),
    ...filled('workflows', each(began('workflow'), { outputs: {} })),
    expect: expectationOf(run),
  }
}

function makeAnswer(run: HeldRun, wait: WaitState): { readonly answer: PersonAnswer; readonly written: Json } {
  const opening = openingOf(run, wait.key)
  if (opening?.kind === 'form') {
    const values = objectFor(opening.schema, wait.step)
    return { answer: { do: 'submit', values, after_ms: 0 }, written: values }
  }
  // Whoever starts a run may be the one who is asked, and may not be allowed to say yes.
  const alone = wait.kind === 'approval' && wait.approvers.some(({ email }) => email === STARTER.email)
  if (alone && opening?.self_approval !== true) return { answer: { do: 'silence' }, written: 'silence' }
  return { answer: { do: 'decide', decision: 'approve', comment: '', by: null, after_ms: 0 }, written: 'approve' }
}

function objectFor(schema: Parameters<typeof makeInstance>[0], name: string): JsonObject {
  const made = makeInstance(schema, '', seedOf(name))?.value
  return isJsonObject(made) ? made : {}
}

/** The same answer each time is written once. */
function once(given: readonly Json[]): Json {
  const [first = null] = given
  return given.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : given
}

function filled(key: string, value: JsonObject): JsonObject {
  return Object.keys(value).length === 0 ? {} : { [key]: value }
}

function expectationOf(run: HeldRun): JsonObject {
  const { status, error } = run.state
  return {
    ...(error === null ? (status === 'completed' ? {} : { status }) : { error: error.code }),
    path: pathOf(run),
  }
}

/** As an author would write it: a line for each part, and in it mappings in braces. */
function toYaml(test: JsonObject): string {
  const doc = new Document({ tests: [test] })
  visit(doc, {
    Collection(_key, node, path) {
      if (path.length > 5 && (isMap(node) || isSeq(node))) (node as Node & { flow?: boolean }).flow = true
    },
  })
  return doc.toString({ lineWidth: 118, flowCollectionPadding: false })
}

function append(text: string, tests: string): TextEdit {
  const lines = text.split('\n')
  const last = lines.at(-1) ?? ''
  const place = { line: lines.length, column: last.length + 1 }
  const gap = text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  return { ...place, endLine: place.line, endColumn: place.column, newText: gap + tests }
}
