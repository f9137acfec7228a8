import type { Json } from '../../json.ts'
import { visibleText } from '../../visible-text.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import { oneOf } from '../suggest.ts'
import type { AiAnswer, CallAnswer, HttpAnswer, PersonAnswer, Script, Scripts } from './case.ts'
import type { CaseReader } from './case-reader.ts'
import { readAiAnswer, readRecording } from './read-ai.ts'
import { readCallAnswer } from './read-call.ts'
import { readHttpAnswer } from './read-http.ts'
import { readPersonAnswer } from './read-person.ts'

interface Answers {
  people: PersonAnswer
  ai: AiAnswer
  http: HttpAnswer
  workflows: CallAnswer
}
export type ScriptKey = keyof Answers

/** Which steps are answered under which key. Types of steps are named as the language names them. */
export const SCRIPTED: Readonly<Record<ScriptKey, readonly string[]>> = {
  people: ['form', 'approval'],
  ai: ['ai_generate'],
  http: ['api_call'],
  workflows: ['workflow'],
}

/** Answers null after reporting what cannot be read. */
export type ReadAnswer<T> = (value: Json, draft: StepDraft, path: SourcePath, reader: CaseReader) => T | null

const READERS: { readonly [K in ScriptKey]: ReadAnswer<Answers[K]> } = {
  people: readPersonAnswer,
  ai: readAiAnswer,
  http: readHttpAnswer,
  workflows: readCallAnswer,
}

/** Reads what is answered under one key: step → an answer for each time, or a list that is used up. */
export function readScripts<K extends ScriptKey>(
  key: K,
  raw: Json | undefined,
  path: SourcePath,
  reader: CaseReader,
): Scripts<Answers[K]> {
  const given = reader.mapping(raw, path, key) ?? {}
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const draft = scriptedStep(key, name, [...path, name], reader)
      const script = draft && readScript(key, value, draft, [...path, name], reader)
      return draft && script ? [[draft.step.id, script]] : []
    }),
  )
}

function scriptedStep(key: ScriptKey, name: string, path: SourcePath, reader: CaseReader): StepDraft | undefined {
  const draft = reader.step(name, path, 'key')
  if (!draft?.type) return undefined
  const { type } = draft.type
  if (SCRIPTED[key].includes(type)) return draft
  const [place] = Object.entries(SCRIPTED).find(([, types]) => types.includes(type)) ?? []
  const cure = place === undefined ? 'It needs no answer: leave it out.' : `Write what it is answered under ${place}.`
  const message = `${visibleText(name)} is a step of type ${type}; ${key} answers ${oneOf(SCRIPTED[key])} steps.`
  reader.wrongKey('test.wrong_step', `${message} ${cure}`, path)
  return undefined
}

function readScript<K extends ScriptKey>(
  key: K,
  value: Json,
  draft: StepDraft,
  path: SourcePath,
  reader: CaseReader,
): Script<Answers[K]> | null {
  if (key === 'ai') {
    const recording = readRecording(value, draft, path, reader)
    // biome-ignore lint/suspicious/noExplicitAny: only `ai` has recordings, which the key's type cannot say
    if (recording) return recording as Script<any>
  }
  const read = READERS[key]
  if (!Array.isArray(value)) {
    const answer = read(value, draft, path, reader)
    return answer === null ? null : { path, repeats: true, answers: [answer] }
  }
  if (value.length === 0) {
    reader.wrong('A list of answers has at least one.', path)
    return null
  }
  const answers = value.map((item: Json, i) => read(item, draft, [...path, i], reader))
  return { path, repeats: false, answers: answers.filter((answer) => answer !== null) }
}
