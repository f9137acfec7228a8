import { describe, expect, it } from 'vitest'
import { stepCatalog } from '../steps/definitions.ts'
import { validateWorkflow } from '../workflow/validate.ts'
import { BLANK, BLUEPRINTS } from './blueprints.ts'

describe('what authors begin from', () => {
  it('is offered under ids of its own', () => {
    expect(new Set(BLUEPRINTS.map(({ id }) => id)).size).toBe(BLUEPRINTS.length)
  })

  it.each(BLUEPRINTS)('$id validates without a warning once its secrets are set', ({ yaml, steps }) => {
    const known = { secrets: ['CMS_API_KEY', 'CRM_TOKEN'], statics: [], templates: [] }
    const { definition, diagnostics } = validateWorkflow(yaml, stepCatalog, known)
    expect(diagnostics).toEqual([])
    const types = new Set(definition?.steps.map(({ type }) => type))
    expect([...types].toSorted()).toEqual([...new Set(steps)].toSorted())
  })

  it('has an empty page that can be saved as it is', () => {
    expect(validateWorkflow(BLANK, stepCatalog).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
