import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import type { ApprovalOpening, Jump, StepReader, WaitStepType } from '#lib/workflow/catalog.ts'
import type { Step } from '#lib/workflow/definition.ts'
import { readHandler } from '#lib/workflow/normalise-target.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { meantKey, oneOf } from '#lib/workflow/suggest.ts'
import { renderTemplate } from '#lib/workflow/templates/render.ts'
import { dynamicSlots, evaluateAll, templateSlots } from '../dynamic.ts'
import { authoredPerson, Person, peopleSlots, readPeople, resolvePeople } from '../people.ts'
import { NamedValues, readNamedValues } from '../values.ts'

const ON_TIMEOUT = ['reject', 'escalate', 'fail', 'approve'] as const
const POLICIES = ['any', 'all', 'sequential'] as const

export const ApprovalConfig = z.strictObject({
  approvers: z.array(Person).min(1).max(100).meta({
    title: 'Approvers',
    written: 'people',
    description:
      'E-mail addresses, {role: editor}, {user: id} or {expr: …}; resolved and frozen when the approval opens.',
  }),
  policy: z
    .union([
      z.enum(POLICIES),
      z.strictObject({ at_least: z.int().min(1).meta({ description: 'So many must approve.' }) }),
    ])
    .default('any')
    .meta({
      title: 'Policy',
      description: 'any, all, sequential (one after the other) or {at_least: n}.',
    }),
  message: z
    .string()
    .max(20_000)
    .nullable()
    .default(null)
    .meta({ title: 'Message', description: 'What the approvers are told; a template.', written: 'template' }),
  show: NamedValues.nullable().default(null).meta({
    title: 'Show',
    written: 'named_values',
    description:
      'What is approved: label → expression or template, or a list of names. Without it: everything people and AI produced so far.',
  }),
  priority: z.enum(['low', 'normal', 'high']).default('normal').meta({
    title: 'Priority',
    description: 'How the request is marked in the inbox and in mails.',
  }),
  timeout_ms: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ title: 'Timeout', description: 'How long it can be decided.' }),
  reminder_ms: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ title: 'Reminder', description: 'How often those who have not decided are reminded.' }),
  on_timeout: z
    .union([z.strictObject({ do: z.enum(ON_TIMEOUT) }), z.strictObject({ do: z.literal('jump'), to: z.string() })])
    .default({ do: 'reject' })
    .meta({
      title: 'When nobody decides',
      description: 'reject, escalate, fail, approve, or a step.',
      written: { anyOf: [{ enum: [...ON_TIMEOUT] }, { $ref: '#/definitions/step_id' }] },
    }),
  escalate_to: z
    .array(Person)
    .max(100)
    .default([])
    .meta({ title: 'Escalate to', description: 'Who is asked when the time ran out.', written: 'people' }),
  on_reject: z
    .string()
    .nullable()
    .default(null)
    .meta({ title: 'When rejected', description: 'fail, or a step.', written: 'handler' }),
  on_revise: z
    .strictObject({ to: z.string(), max: z.int().min(1).max(20).default(3) })
    .nullable()
    .default(null)
    .meta({
      title: 'Ask for revision',
      description: '{to: step, max: 3}: the comment goes back into that step.',
      written: {
        anyOf: [
          {
            type: 'object',
            properties: {
              to: {
                allOf: [{ $ref: '#/definitions/step_id' }],
                description: 'The step that gets the comment and runs again.',
              },
              max: { type: 'integer', minimum: 1, maximum: 20, default: 3, description: 'How often at most.' },
            },
            required: ['to'],
            additionalProperties: false,
          },
          { $ref: '#/definitions/step_id' },
        ],
      },
    }),
  self_approval: z
    .boolean()
    .default(false)
    .meta({ title: 'Self-approval', description: 'Whether who started the run may decide.' }),
  confirm: z.enum(['click', 'code', 'login']).default('click').meta({
    title: 'Confirmation',
    description:
      'How a decision by mail is confirmed: by a click, by the code that stands in the mail, or by signing in.',
  }),
})
export type ApprovalConfig = z.infer<typeof ApprovalConfig>

export const approval: WaitStepType<ApprovalConfig> = {
  type: 'approval',
  behavior: 'wait',
  source: 'decision',
  label: 'Approval',
  summary: 'Waits until people approve or reject.',
  docs: `The approvers get a mail with links to a page that shows exactly what is approved. One decision is enough unless \`policy\`
says otherwise. A rejection fails the run with the reason, or goes to \`on_reject\`. Without \`timeout\` it waits for good;
silence never approves unless \`on_timeout: approve\` is written.

Its output is \`{approved, decision, decided_by, decided_at, comment}\`; \`runtime.approved\` is that of the latest approval.`,
  example: `id: review
type: approval
approvers: [editor@company.com]
message: "Please look at this draft."
timeout: 24h
reminder: 12h
`,
  aliases: {},
  later: ['bind', 'callback_url'],
  config: ApprovalConfig,
  canonicalise(raw, reader) {
    const config: Record<string, unknown> = { ...raw }
    for (const key of ['approvers', 'escalate_to']) {
      const people = raw[key]
      if (people !== undefined) config[key] = readPeople(people, [key], reader)
    }
    if (raw.show !== undefined && raw.show !== null) config.show = readNamedValues(raw.show, ['show'], reader)
    if (raw.on_timeout !== undefined) config.on_timeout = readOnTimeout(raw.on_timeout, reader)
    if (raw.on_reject !== undefined) config.on_reject = readHandler(raw.on_reject, ['on_reject'], reader)
    if (raw.on_revise !== undefined) config.on_revise = readOnRevise(raw.on_revise, reader)
    if (isJsonObject(raw.policy)) {
      const unknown = Object.keys(raw.policy).find((key) => key !== 'at_least')
      if (unknown !== undefined) {
        reader.error(
          'step.unknown_key',
          `policy has no key ${unknown}. Write any, all, sequential or {at_least: 2}.`,
          ['policy', unknown],
          meantKey(unknown, ['at_least']),
        )
        config.policy = 'any'
      }
    }
    return config as typeof raw
  },
  author: ({ approvers, escalate_to, on_timeout, ...rest }) => ({
    ...rest,
    approvers: approvers.map(authoredPerson),
    escalate_to: escalate_to.map(authoredPerson),
    on_timeout: on_timeout.do === 'jump' ? on_timeout.to : on_timeout.do,
  }),
  check(config, reader) {
    checkTime(config, reader)
    const { policy } = config
    const most = mostApprovers(config.approvers)
    if (typeof policy === 'object' && policy.at_least > most) {
      const message = `${policy.at_least} approvals cannot come from ${most} approver${most === 1 ? '' : 's'}. Name more, or lower at_least.`
      reader.error('approval.quorum_impossible', message, ['policy', 'at_least'])
    }
  },
  slots: (config) => [
    ...peopleSlots(['approvers'], config.approvers),
    ...peopleSlots(['escalate_to'], config.escalate_to),
    ...templateSlots(['message'], config.message),
    ...dynamicSlots(['show'], config.show ?? {}),
  ],
  jumps(config) {
    const jumps: Jump[] = []
    if (config.on_reject !== null) jumps.push({ to: config.on_reject, path: ['on_reject'], kind: 'reject' })
    if (config.on_revise !== null) jumps.push({ to: config.on_revise.to, path: ['on_revise', 'to'], kind: 'revise' })
    if (config.on_timeout.do === 'jump') jumps.push({ to: config.on_timeout.to, path: ['on_timeout'], kind: 'timeout' })
    return jumps
  },
  output: () => ({
    type: 'object',
    properties: {
      approved: { type: 'boolean' },
      decision: { enum: ['approve', 'reject', 'revise'] },
      decided_by: { type: 'string' },
      decided_at: { type: 'string', format: 'date-time' },
      comment: { type: 'string' },
    },
    required: ['approved', 'decision', 'decided_by', 'decided_at', 'comment'],
    additionalProperties: false,
  }),
  open: (config, scope, step) => openApproval(config, scope, step),
}

/** How many people may be asked: whoever is named twice is one, and behind a role or an expression may be many. */
function mostApprovers(approvers: readonly Person[]): number {
  const names = approvers.map((person) => {
    if ('email' in person) return `email ${person.email.toLowerCase()}`
    return 'user' in person ? `user ${person.user}` : null
  })
  return names.includes(null) ? Number.POSITIVE_INFINITY : new Set(names).size
}

function readOnTimeout(raw: Json, reader: StepReader): JsonObject {
  if (typeof raw !== 'string' || raw.trim() === '') {
    reader.error('step.wrong_type', `on_timeout is ${oneOf(ON_TIMEOUT)}, or names a step.`, ['on_timeout'])
    return { do: 'reject' }
  }
  const word = raw.trim().toLowerCase()
  return ON_TIMEOUT.some((known) => known === word) ? { do: word } : { do: 'jump', to: word }
}

function readOnRevise(raw: Json, reader: StepReader): Json {
  if (raw === null) return null
  if (typeof raw === 'string') return { to: raw.trim().toLowerCase() }
  if (!isJsonObject(raw) || typeof raw.to !== 'string') {
    reader.error('step.wrong_type', 'on_revise names the step that revises: {to: draft, max: 3}.', ['on_revise'])
    return null
  }
  const unknown = Object.keys(raw).find((key) => key !== 'to' && key !== 'max')
  if (unknown !== undefined) {
    reader.error(
      'step.unknown_key',
      `on_revise has no key ${unknown}. It has to and max.`,
      ['on_revise', unknown],
      meantKey(unknown, ['to', 'max']),
    )
  }
  return { to: raw.to.trim().toLowerCase(), ...(raw.max === undefined ? {} : { max: raw.max }) }
}

function checkTime(config: ApprovalConfig, reader: StepReader): void {
  const { timeout_ms, reminder_ms, on_timeout, escalate_to } = config
  if (on_timeout.do === 'approve') {
    reader.warning(
      'approval.silence_approves',
      'If nobody answers in time, this counts as approved. Write on_timeout: reject unless that is meant.',
      ['on_timeout'],
    )
  }
  if (on_timeout.do === 'escalate' && escalate_to.length === 0) {
    reader.error('approval.escalate_to_missing', 'Say who is asked next: escalate_to: [boss@company.com].', [
      'on_timeout',
    ])
  }
  if (on_timeout.do !== 'escalate' && escalate_to.length > 0) {
    reader.warning('approval.never_escalates', 'escalate_to is only used with on_timeout: escalate.', ['escalate_to'])
  }
  if (timeout_ms === null && on_timeout.do !== 'reject') {
    reader.warning(
      'approval.never_times_out',
      'Without timeout this approval waits for good, so on_timeout never happens. Write timeout: 24h.',
      ['on_timeout'],
    )
  }
  if (timeout_ms !== null && reminder_ms !== null && reminder_ms >= timeout_ms) {
    reader.warning(
      'approval.never_reminds',
      'The approval ends before the first reminder. Make the reminder shorter than the timeout.',
      ['reminder_ms'],
    )
  }
}

function openApproval(config: ApprovalConfig, scope: Scope, step: Step): ApprovalOpening {
  const produced = scope.roots.run?.produced
  return {
    kind: 'approval',
    title: step.name ?? step.id,
    message: config.message === null ? '' : renderTemplate(config.message, scope),
    show: config.show === null ? (isJsonObject(produced) ? produced : {}) : evaluateAll(config.show, scope),
    approvers: resolvePeople(config.approvers, scope),
    policy: config.policy,
    priority: config.priority,
    confirm: config.confirm,
    self_approval: config.self_approval,
    timeout_ms: config.timeout_ms,
    reminder_ms: config.reminder_ms,
    on_timeout: config.on_timeout,
    escalate_to: resolvePeople(config.escalate_to, scope),
    on_reject: config.on_reject,
    on_revise: config.on_revise,
    choices: config.on_revise === null ? ['approve', 'reject'] : ['approve', 'reject', 'revise'],
  }
}
