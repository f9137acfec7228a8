import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BLANK, BLUEPRINTS } from '../blueprints/blueprints.ts'
import { sampleWorkflow } from '../blueprints/sample.ts'
import { stepCatalog } from '../steps/definitions.ts'
import { flow, judgedAt } from './validate-testkit.ts'

function texts(folder: string): readonly (readonly [name: string, text: string])[] {
  const place = new URL(folder, import.meta.url)
  const files = readdirSync(place).filter((name) => name.endsWith('.yaml'))
  return files.map((name) => [name, readFileSync(new URL(name, place), 'utf8')])
}

function examplesOf(page: string): readonly (readonly [name: string, text: string])[] {
  const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8')
  return [...text.matchAll(/```yaml\n(name: [\s\S]*?)```/g)].map(([, yaml = ''], i) => [`${page}.md ${i + 1}`, yaml])
}

const good = [
  ...texts('./fixtures/'),
  ...texts('./fixtures/good/'),
  ...BLUEPRINTS.map(({ id, yaml }) => [`blueprint ${id}`, yaml] as const),
  ...stepCatalog.list().map(({ type, example }) => [`example of ${type}`, flow(example)] as const),
  ...examplesOf('language'),
  ['the sample of a new workspace', sampleWorkflow('me@example.com')] as const,
  ['an empty page', BLANK] as const,
]

/** A text that leaves out where it begins is told so, and one that reads what it declares nowhere. */
const WARNED: Readonly<Record<string, readonly string[]>> = {
  'short-style.yaml': ['warning workflow.start_step_missing 2:1 steps'],
  'example of ai_generate': ['warning variable.unknown 7:35 topic'],
  'example of conditional': ['warning variable.unknown 6:16 score'],
}

describe('a workflow without a mistake', () => {
  it('is there many times', () => {
    expect(good.length).toBeGreaterThanOrEqual(50)
  })

  it.each(good)('has no finding: %s', (name, text) => {
    expect(judgedAt(text)).toEqual(WARNED[name] ?? [])
  })
})
