import { describe, expect, it } from 'vitest'
import { flow, judge } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type FormConfig, form } from './definition.ts'

const open = (
  yaml: string,
  scope = scopeOf({ product: 'Anvil' }, { profile: { user_email: 'me@acme.example', name: 'Me' } }),
) => {
  const step = stepOf(yaml)
  return form.open(step.config as unknown as FormConfig, scope, step)
}
const BASE = 'id: ask\ntype: form\nfields: [{key: topic, required: true}, {key: note}]\n'

describe('a form opens', () => {
  it('with nothing but its fields', () => {
    expect(open(BASE)).toEqual({
      kind: 'form',
      title: 'ask',
      description: '',
      fields: [
        { key: 'topic', type: 'string', label: 'Topic', required: true },
        { key: 'note', type: 'string', label: 'Note', required: false },
      ],
      schema: expect.objectContaining({ required: ['topic'], additionalProperties: false }),
      assignee: null,
      public: false,
      timeout_ms: null,
    })
  })

  it('with everything rendered', () => {
    const opening = open(
      'id: ask\ntype: form\nname: Ask\ntitle: "About {{ product }}"\ndescription: "By {{ profile.name }}"\nassignee: {expr: "default(profile.user_email, \'desk@acme.example\')"}\npublic: true\ntimeout: 2d\nfields: [{key: who, prefill: "{{ profile.name }}"}]',
    )
    expect(opening).toMatchObject({
      title: 'About Anvil',
      description: 'By Me',
      assignee: { email: 'me@acme.example' },
      public: true,
      timeout_ms: 172_800_000,
      fields: [{ key: 'who', prefill: 'Me' }],
    })
  })

  it('under its name where it has no title', () => {
    expect(open(`${BASE}name: Ask it`)).toMatchObject({ title: 'Ask it' })
  })

  it.each([
    ['an address', 'a@b.co', { email: 'a@b.co' }],
    ['a list of one', '[a@b.co]', { email: 'a@b.co' }],
    ['a role', '{role: editor}', { role: 'editor' }],
    ['a user', '{user: usr_1}', { user: 'usr_1' }],
  ])('for %s', (_, assignee, expected) => {
    expect(open(`${BASE}assignee: ${assignee}`)).toMatchObject({ assignee: expected })
  })
})

describe('a form', () => {
  it('leaves every field in the run', () => {
    const step = stepOf(BASE)
    expect(form.output(step.config as unknown as FormConfig)).toMatchObject({ required: ['topic', 'note'] })
  })

  it.each([
    ['two assignees', 'assignee: [a@b.co, c@d.co]', "step.wrong_type 'assignee'"],
    ['an assignee that is no address', 'assignee: bob', "people.bad_address 'bob'"],
    ['an assignee of an unknown kind', 'assignee: {group: x}', "people.wrong_type 'assignee'"],
    ['an unknown role', 'assignee: {role: editr}', "people.unknown_role 'editr'"],
    ['public that is none', 'public: maybe', "step.wrong_type 'maybe'"],
    ['a title that is a list', 'title: []', "step.wrong_type 'title'"],
    ['an expression that is none', 'assignee: {expr: 1 + * 2}', "expression.syntax '*'"],
    ['a template that is none', 'description: "{{ }}"', 'template'],
  ])('refuses %s', (_, key, expected) => {
    const { errors } = judge(flow(BASE + key))
    expect(errors).toHaveLength(1)
    if (expected !== 'template') expect(errors).toEqual([expected])
  })

  it('does not start runs yet', () => {
    expect(judge(flow(`${BASE}public: start`))).toEqual({ errors: [], warnings: ["not_yet_effective 'public'"] })
    expect(open(`${BASE}public: start`)).toMatchObject({ public: false })
  })
})
