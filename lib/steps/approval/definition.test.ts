import { describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { flow, judge, only } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type ApprovalConfig, approval } from './definition.ts'

const OTHER = 'id: other\ntype: set\nvalues: {x: "1"}'
const write = (yaml: string) => `id: ok\ntype: approval\n${yaml}`
const open = (yaml: string, runtime: JsonObject = { title: 'T', boss: 'boss@b.co' }) => {
  const step = stepOf(write(yaml), [OTHER])
  return approval.open(step.config as unknown as ApprovalConfig, scopeOf(runtime), step)
}

describe('an approval opens', () => {
  it('with the defaults of the language', () => {
    expect(open('approvers: [a@b.co]')).toEqual({
      kind: 'approval',
      title: 'ok',
      message: '',
      show: { title: 'T', boss: 'boss@b.co' },
      approvers: [{ email: 'a@b.co' }],
      policy: 'any',
      priority: 'normal',
      confirm: 'click',
      self_approval: false,
      timeout_ms: null,
      reminder_ms: null,
      on_timeout: { do: 'reject' },
      escalate_to: [],
      on_reject: null,
      on_revise: null,
      choices: ['approve', 'reject'],
    })
  })

  it('with everything given', () => {
    expect(
      open(
        'name: Look\napprovers: [{role: editor}]\npolicy: {at_least: 2}\nmessage: "About {{ title }}"\nshow: {Title: title, Both: "{{ title }}!", n: 5}\npriority: high\ntimeout_hours: 24\nreminder: 12h\non_timeout: escalate\nescalate_to: c@d.co\non_reject: Other\non_revise: {to: OTHER, max: 2}\nself_approval: true',
      ),
    ).toMatchObject({
      title: 'Look',
      message: 'About T',
      show: { Title: 'T', Both: 'T!', n: 5 },
      approvers: [{ role: 'editor' }],
      policy: { at_least: 2 },
      priority: 'high',
      timeout_ms: 86_400_000,
      reminder_ms: 43_200_000,
      on_timeout: { do: 'escalate' },
      escalate_to: [{ email: 'c@d.co' }],
      on_reject: 'other',
      on_revise: { to: 'other', max: 2 },
      self_approval: true,
      choices: ['approve', 'reject', 'revise'],
    })
  })

  it.each([
    ['a list of names', 'show: [title, runtime.boss]', { title: 'T', boss: 'boss@b.co' }],
    ['nothing', 'show: {}', {}],
  ])('showing %s', (_, show, expected) => {
    expect(open(`approvers: [a@b.co]\n${show}`)).toMatchObject({ show: expected })
  })

  it('showing nothing where nobody produced anything', () => {
    const step = stepOf(write('approvers: [a@b.co]'))
    expect(approval.open(step.config as unknown as ApprovalConfig, { roots: {}, now: '' }, step)).toMatchObject({
      show: {},
    })
  })

  it.each([
    ['an address', 'boss', [{ email: 'boss@b.co' }]],
    ['a list', '[boss, "c@d.co"]', [{ email: 'boss@b.co' }, { email: 'c@d.co' }]],
    ['objects', 'people', [{ email: 'x@y.co' }, { role: 'admin' }, { user: 'usr_1' }]],
  ])('asking %s by expression', (_, expr, expected) => {
    const runtime: JsonObject = {
      boss: 'boss@b.co',
      people: [{ email: 'x@y.co' }, { role: 'admin' }, { user: 'usr_1' }],
    }
    expect(open(`approvers: [{expr: '${expr}'}]`, runtime)).toMatchObject({ approvers: expected })
  })

  it('not where the expression answers nobody', () => {
    expect(() => open('approvers: [{expr: title}]')).toThrow(ExpressionError)
    expect(() => open('approvers: [{expr: boss}]', { boss: { name: 'x' } })).toThrow(
      'boss does not answer an e-mail address',
    )
  })

  it.each([
    ['any', 'policy: any', 'any'],
    ['sequential', 'policy: sequential', 'sequential'],
    ['all', 'policy: all', 'all'],
  ])('with policy %s', (_, policy, expected) => {
    expect(open(`approvers: [a@b.co]\n${policy}`)).toMatchObject({ policy: expected })
  })

  it.each([
    ['confirm: code', { confirm: 'code' }],
    ['confirm: login', { confirm: 'login' }],
    ['on_timeout: fail', { on_timeout: { do: 'fail' } }],
    ['on_timeout: Other', { on_timeout: { do: 'jump', to: 'other' } }],
    ['on_timeout: Approve', { on_timeout: { do: 'approve' } }],
    ['on_reject: fail', { on_reject: null }],
    ['on_revise: other', { on_revise: { to: 'other', max: 3 } }],
    ['on_revise: null', { on_revise: null, choices: ['approve', 'reject'] }],
  ])('with %s', (key, expected) => {
    expect(open(`approvers: [a@b.co]\ntimeout: 1d\n${key}`)).toMatchObject(expected)
  })
})

describe('an approval', () => {
  it.each([
    ['nobody', 'approvers: []', "step.wrong_type 'approvers'"],
    ['no approvers', 'message: x', "step.missing_key 'id'"],
    ['a name that is no address', 'approvers: [bob]', "people.bad_address 'bob'"],
    ['an address in a mapping that is none', 'approvers: [{email: bob}]', "people.bad_address 'bob'"],
    ['somebody of two kinds', 'approvers: [{role: editor, user: x}]', "people.wrong_type '{role: editor, user: x}'"],
    ['a number', 'approvers: [5]', "people.wrong_type '5'"],
    ['an unknown policy', 'approvers: [a@b.co]\npolicy: most', "step.wrong_type 'most'"],
    ['a policy with an unknown key', 'approvers: [a@b.co]\npolicy: {atleast: 1}', "step.unknown_key 'atleast'"],
    ['a quorum that cannot be reached', 'approvers: [a@b.co]\npolicy: {at_least: 2}', "approval.quorum_impossible '2'"],
    ['a quorum of none', 'approvers: [a@b.co]\npolicy: {at_least: 0}', "step.wrong_type '0'"],
    [
      'escalation to nobody',
      'approvers: [a@b.co]\ntimeout: 1d\non_timeout: escalate',
      "approval.escalate_to_missing 'escalate'",
    ],
    ['on_timeout that is none', 'approvers: [a@b.co]\non_timeout: 5', "step.wrong_type '5'"],
    ['on_reject that would end quietly', 'approvers: [a@b.co]\non_reject: end', "step.wrong_type 'end'"],
    ['on_revise without step', 'approvers: [a@b.co]\non_revise: {max: 3}', "step.wrong_type 'on_revise'"],
    [
      'on_revise with an unknown key',
      'approvers: [a@b.co]\non_revise: {to: other, times: 3}',
      "step.unknown_key 'times'",
    ],
    ['on_revise without end', 'approvers: [a@b.co]\non_revise: {to: other, max: 100}', "step.wrong_type '100'"],
    ['an unknown confirmation', 'approvers: [a@b.co]\nconfirm: shout', "step.wrong_type 'shout'"],
    ['an unknown priority', 'approvers: [a@b.co]\npriority: urgent', "step.wrong_type 'urgent'"],
    ['show that is a text', 'approvers: [a@b.co]\nshow: title', "step.wrong_type 'title'"],
    ['an expression that is none', 'approvers: [{expr: 1 + * 2}]', "expression.syntax '*'"],
  ])('refuses %s', (_, yaml, expected) => {
    expect(judge(flow(write(yaml), OTHER)).errors).toEqual([expected])
  })

  it.each([
    ['silence that approves', 'timeout: 1d\non_timeout: approve', ["approval.silence_approves 'approve'"]],
    ['a timeout that never comes', 'on_timeout: fail', ["approval.never_times_out 'fail'"]],
    [
      'an escalation that never comes',
      'timeout: 1d\nescalate_to: [c@d.co]',
      ["approval.never_escalates 'escalate_to'"],
    ],
    ['a reminder that never comes', 'timeout: 1d\nreminder: 2d', ["approval.never_reminds '2d'"]],
    ['binding', 'bind: [runtime.title]', ["not_yet_effective 'bind'"]],
    ['a call back', 'callback_url: https://a.co', ["not_yet_effective 'callback_url'"]],
  ])('warns of %s', (_, yaml, expected) => {
    expect(judge(flow(write(`approvers: [a@b.co]\n${yaml}`), OTHER))).toEqual({ errors: [], warnings: expected })
  })

  it('tells how to name somebody by a template', () => {
    expect(only(flow(write('approvers: ["{{ boss }}"]')), 'people.bad_address').hint).toBe(
      'Write {expr: boss} instead.',
    )
  })
})
