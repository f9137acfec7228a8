import { describe, expect, it } from 'vitest'
import type { Field } from '#lib/workflow/definition.ts'
import { summaryOf, toErrors } from './problems.ts'

const field = (key: string): Field => ({ key, type: 'string', label: key.toUpperCase(), required: true })
const fields = [field('name'), field('tags')]

describe('what is wrong with answers', () => {
  it('is one sentence for each field, in the order of the form', () => {
    const found = [
      { path: 'tags[2]', message: 'must be text' },
      { path: 'name', message: 'is required' },
      { path: 'name', message: 'must be at least 3 characters' },
    ]
    expect(Object.entries(toErrors(found, fields))).toEqual([
      ['name', 'NAME is required'],
      ['tags', 'TAGS must be text'],
    ])
  })

  it('belongs to the whole form where no field has that name, and is said first', () => {
    const errors = toErrors(
      [
        { path: 'name', message: 'is required' },
        { path: 'constructor', message: 'is not allowed' },
      ],
      fields,
    )
    expect(summaryOf(errors, 'field')).toEqual([
      { id: null, label: null, message: 'constructor is not allowed' },
      { id: 'field-name', label: null, message: 'NAME is required' },
    ])
  })
})
