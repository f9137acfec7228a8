import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { requirements } from './requirements.ts'
import { validateWorkflow } from './validate.ts'

const folder = new URL('./fixtures/', import.meta.url)
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))

describe('workflows as people write them', () => {
  // The canonical form is stored and read for years: a change of it must be seen.
  it.each(texts)('$name validates and keeps its canonical form', async ({ name, text }) => {
    const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
    expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([])
    const form = `${JSON.stringify(definition, null, 2)}\n`
    await expect(form).toMatchFileSnapshot(`./fixtures/${name.replace('.yaml', '.ir.json')}`)
  })

  it.each([
    ['content-draft-flow', [], [], ['content_v1']],
    ['config-style', ['cms_api_key', 'slack_webhook_id'], [], ['blog_outline_v2', 'blog_draft_v3']],
    ['short-style', [], ['CMS_API_KEY'], []],
    ['review-loop', [], ['WIRE_KEY'], []],
    ['routing', [], ['LEDGER_KEY'], []],
  ])('%s says what it needs', (name, statics, secrets, templates) => {
    const { definition } = validateWorkflow(texts.find((t) => t.name === `${name}.yaml`)?.text ?? '', stepCatalog)
    const needed = definition && requirements(definition, stepCatalog)
    expect(needed).toEqual({ statics, secrets, templates: templates.map((id) => ({ id, version: null })) })
  })

  it('raise no warning but a start that is not given', () => {
    const warned = texts.map(({ name, text }) => [
      name,
      validateWorkflow(text, stepCatalog).diagnostics.map((d) => d.code),
    ])
    expect(Object.fromEntries(warned)).toEqual({
      'config-style.yaml': [],
      'content-draft-flow.yaml': [],
      'review-loop.yaml': [],
      'routing.yaml': [],
      'side-by-side.yaml': [],
      'short-style.yaml': ['workflow.start_step_missing'],
    })
  })
})
