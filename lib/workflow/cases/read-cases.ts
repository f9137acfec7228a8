import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { ROLES } from '../../permissions.ts'
import { visibleText } from '../../visible-text.ts'
import type { WorkflowDefinition } from '../definition.ts'
import type { SourcePath } from '../diagnostics.ts'
import { readInstant } from '../instant.ts'
import { didYouMean } from '../suggest.ts'
import { type CaseProfile, PROFILE_KEYS, type TestCase } from './case.ts'
import type { CaseReader } from './case-reader.ts'
import { readExpectation } from './read-expectation.ts'
import { readScripts, type ScriptKey } from './read-scripts.ts'

export const CASE_KEYS = [
  'name',
  'inputs',
  'static',
  'profile',
  'at',
  'people',
  'ai',
  'http',
  'workflows',
  'expect',
] as const
export const MOST_CASES = 200

/** Reads `tests:`, and says what of it cannot be meant: a case that names no step of the workflow would prove nothing. */
export function readCases(
  raw: Json | undefined,
  definition: WorkflowDefinition,
  reader: CaseReader,
): readonly TestCase[] {
  const listed = reader.list(raw, ['tests'], 'tests')
  if (listed === undefined) return []
  if (listed.length > MOST_CASES) {
    reader.wrong(`A workflow has ${MOST_CASES} tests at most. Write the others into a file of their own.`, ['tests'])
    return []
  }
  const names = new Set<string>()
  return listed.flatMap((item, i) => {
    const path = ['tests', i]
    if (!isJsonObject(item)) {
      reader.wrong('A test is a mapping that begins with name:.', path)
      return []
    }
    return [readCase(item, path, names, definition, reader)]
  })
}

function readCase(
  raw: JsonObject,
  path: SourcePath,
  names: Set<string>,
  definition: WorkflowDefinition,
  reader: CaseReader,
): TestCase {
  reader.mapping(raw, path, 'A test', CASE_KEYS)
  const scripts = <K extends ScriptKey>(key: K) => readScripts(key, raw[key], [...path, key], reader)
  return {
    name: readName(raw, path, names, reader),
    path,
    inputs: readInputs(raw.inputs, [...path, 'inputs'], definition, reader),
    static: readConstants(raw.static, [...path, 'static'], definition, reader),
    profile: readProfile(raw.profile, [...path, 'profile'], reader),
    at: readStart(raw.at, [...path, 'at'], reader),
    people: scripts('people'),
    ai: scripts('ai'),
    http: scripts('http'),
    workflows: scripts('workflows'),
    expect: readExpectation(raw.expect, [...path, 'expect'], reader),
  }
}

function readName(raw: JsonObject, path: SourcePath, names: Set<string>, reader: CaseReader): string {
  const { name } = raw
  if (name === undefined || name === null || name === '') {
    reader.error('test.missing_key', 'A test needs a name: what it shows, in a few words.', path)
    return ''
  }
  if (typeof name !== 'string' || name.length > 200) {
    reader.wrong('name is a text of 200 characters at most.', [...path, 'name'])
    return ''
  }
  if (names.has(name)) {
    const message = `Another test is called ${visibleText(name)} already. Each has a name of its own.`
    reader.error('test.duplicate_name', message, [...path, 'name'])
  }
  names.add(name)
  return name
}

/** Whether they fit is for the start to say; a name that nothing declares is a slip. */
function readInputs(
  raw: Json | undefined,
  path: SourcePath,
  { inputs }: WorkflowDefinition,
  reader: CaseReader,
): JsonObject {
  const given = reader.mapping(raw, path, 'inputs') ?? {}
  const known = inputs?.fields.map(({ key }) => key) ?? null
  const open = inputs?.schema.additionalProperties !== undefined && inputs.schema.additionalProperties !== false
  for (const key of known === null || open ? [] : Object.keys(given)) {
    if (known?.includes(key)) continue
    const message = `The workflow declares no input ${visibleText(key)}.`
    reader.wrongKey('test.unknown_field', message, [...path, key], didYouMean(key, known ?? []))
  }
  return given
}

function readConstants(
  raw: Json | undefined,
  path: SourcePath,
  definition: WorkflowDefinition,
  reader: CaseReader,
): JsonObject {
  const given = reader.mapping(raw, path, 'static') ?? {}
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(definition.static, name)) continue
    const message = `${visibleText(name)} is a constant of this file, which goes before the workspace’s. A test cannot change it.`
    reader.wrongKey('test.own_constant', message, [...path, name])
  }
  return given
}

function readProfile(raw: Json | undefined, path: SourcePath, reader: CaseReader): CaseProfile {
  const given = reader.mapping(raw, path, 'profile', PROFILE_KEYS) ?? {}
  return Object.fromEntries(
    PROFILE_KEYS.flatMap((key) => {
      const place = [...path, key]
      const value =
        key === 'user_role' ? reader.word(given[key], place, key, ROLES) : reader.text(given[key], place, key)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function readStart(raw: Json | undefined, path: SourcePath, reader: CaseReader): string | null {
  if (raw === undefined || raw === null) return null
  const at = typeof raw === 'string' ? readInstant(raw) : null
  if (at === null) reader.wrong('at is a time with its zone, such as 2026-03-02T09:00:00Z, or a date.', path)
  return at
}
