import type { JsonSchema } from '../../json.ts'
import { MOCK_MODES } from '../../mock-ai/modes.ts'
import { ROLES } from '../../permissions.ts'
import { durationSchema } from '../language-schema-values.ts'
import { DECISION_KINDS } from '../state.ts'
import { DECISION_WORDS, EXPECTED_STATUSES, HTTP_TROUBLES, MAIL_KINDS, PROFILE_KEYS } from './case.ts'
import { CALL_KEYS } from './read-call.ts'
import { CASE_KEYS, MOST_CASES } from './read-cases.ts'
import { DECISION_KEYS, ERROR_KEYS, EXPECT_KEYS, MAIL_KEYS } from './read-expectation.ts'
import { REPLY_KEYS } from './read-http.ts'
import { AFTER, SILENCE } from './read-person.ts'
import { SCRIPTED, type ScriptKey } from './read-scripts.ts'

const closed = (properties: JsonSchema): JsonSchema => ({ type: 'object', properties, additionalProperties: false })
const text = (title: string, description: string): JsonSchema => ({ type: 'string', title, description })
const stepId: JsonSchema = { type: 'string', 'x-kind': 'any_step' }
const stepIds = (title: string, description: string): JsonSchema => ({
  title,
  description,
  type: ['array', 'null'],
  items: stepId,
})

const after = Object.fromEntries(
  AFTER.map((spelling) => [
    spelling,
    {
      ...durationSchema(spelling),
      title: 'After',
      description: 'How long the person takes; reminders and timeouts come on the way.',
      ...(spelling === 'after' ? {} : { 'x-alias': 'after' }),
    },
  ]),
)

const DECISION: Readonly<Record<(typeof DECISION_KINDS)[number], string>> = {
  approve: 'Says yes; behind it a comment.',
  reject: 'Says no; behind it the reason.',
  revise: 'Sends it back; behind it what is to be changed.',
}

/** One answer under each key. What a form or a called workflow answers has names of the author's own. */
const ANSWER: Readonly<Record<ScriptKey, JsonSchema>> = {
  people: {
    anyOf: [
      { enum: [...DECISION_KINDS, SILENCE] },
      {
        type: 'object',
        properties: {
          ...Object.fromEntries(DECISION_KINDS.map((kind) => [kind, { title: kind, description: DECISION[kind] }])),
          by: text('By', 'Address of the approver who says so; without it everybody who is asked does.'),
          submit: { title: 'Submit', description: 'What is filled into the form, where `after` is given.' },
          ...after,
        },
      },
    ],
  },
  ai: {
    anyOf: [
      { enum: [...MOCK_MODES] },
      {
        type: 'object',
        properties: {
          recorded: {
            title: 'Recorded',
            description: 'Texts as a model sent them, or the name of a file beside this one that holds them.',
          },
        },
      },
      {},
    ],
  },
  http: {
    anyOf: [
      { enum: ['success'] },
      closed(
        record(REPLY_KEYS, {
          status: { type: 'integer', minimum: 100, maximum: 599, title: 'Status', description: '200 unless given.' },
          headers: { type: ['object', 'null'], title: 'Headers', description: 'Name → text.' },
          body: { title: 'Body', description: 'Any JSON, or a text.' },
          error: { enum: [...HTTP_TROUBLES], title: 'Error', description: 'No reply comes, for this reason.' },
        }),
      ),
    ],
  },
  workflows: closed(
    record(CALL_KEYS, {
      outputs: { title: 'Outputs', description: 'What the called workflow answers; it is not played.' },
      error: text('Error', 'The called run fails, for this reason.'),
      case: text('Case', 'The called workflow is played, by the script of this test of its own.'),
    }),
  ),
}

const ANSWERED: Readonly<Record<ScriptKey, JsonSchema>> = {
  people: { title: 'People', description: 'What forms and approvals are answered, by step.' },
  ai: { title: 'AI', description: 'What models answer, by step: `success`, another mode of the mock, or the answer.' },
  http: { title: 'HTTP', description: 'What calls are answered, by step.' },
  workflows: { title: 'Workflows', description: 'What called workflows answer, by step.' },
}

/** An answer for each time, or a list of which each time takes the next. The keys are ids of steps of these types. */
function scripts(key: ScriptKey): JsonSchema {
  return {
    ...ANSWERED[key],
    type: ['object', 'null'],
    'x-step-types': SCRIPTED[key],
    additionalProperties: { anyOf: [ANSWER[key], { type: 'array', minItems: 1, items: ANSWER[key] }] },
  }
}

const decision: JsonSchema = {
  anyOf: [
    { enum: [...DECISION_WORDS] },
    closed(
      record(DECISION_KEYS, {
        decision: { enum: [...DECISION_WORDS], title: 'Decision', description: '`expired`: the time ran out.' },
        by: text('By', 'Address of who decided.'),
        comment: text('Comment', 'A part of the comment.'),
      }),
    ),
  ],
}

const mail = closed(
  record(MAIL_KEYS, {
    to: text('To', 'The address it goes to.'),
    kind: { enum: [...MAIL_KINDS], title: 'Kind', description: 'What the mail is for.' },
    subject: text('Subject', 'A part of the subject.'),
    step: { ...stepId, title: 'Step', description: 'The step it is about.' },
    count: { type: 'integer', minimum: 0, title: 'Count', description: 'How many fit; at least one unless given.' },
  }),
)

const expect: JsonSchema = {
  title: 'Expect',
  description: 'What must come of it. What is not given is not looked at; without a status the run has to complete.',
  type: ['object', 'null'],
  additionalProperties: false,
  properties: record(EXPECT_KEYS, {
    status: { enum: [...EXPECTED_STATUSES], title: 'Status', description: '`completed` unless given.' },
    error: {
      title: 'Error',
      description: 'The code of the error with which the run fails, or `{code, step, message}`.',
      anyOf: [
        { type: 'string' },
        closed(
          record(ERROR_KEYS, {
            code: text('Code', 'For example `approval.rejected`.'),
            step: { ...stepId, title: 'Step', description: 'Where it fails.' },
            message: text('Message', 'A part of the message.'),
          }),
        ),
      ],
    },
    path: stepIds('Path', 'The steps in the order in which they run, repeats included; not those inside others.'),
    visited: stepIds('Visited', 'Steps that run, those inside others too.'),
    not_visited: stepIds('Not visited', 'Steps that do not run.'),
    outputs: { title: 'Outputs', description: 'Of a mapping only the keys that are named.' },
    runtime: { type: ['object', 'null'], title: 'Runtime', description: 'Variables at the end; only those named.' },
    mails: {
      title: 'Mails',
      description: 'Mails that go out. An empty list: none at all.',
      type: ['array', 'null'],
      items: mail,
    },
    decisions: {
      title: 'Decisions',
      description: 'What is decided, by approval: one decision, or all of them in order.',
      type: ['object', 'null'],
      'x-step-types': ['approval'],
      additionalProperties: { anyOf: [decision, { type: 'array', items: decision }] },
    },
    checks: {
      title: 'Checks',
      description: 'Expressions that hold at the end.',
      type: ['array', 'null'],
      items: { type: 'string', 'x-kind': 'expression' },
    },
  }),
}

/** `tests:` as a JSON Schema. */
export const TESTS: JsonSchema = {
  title: 'Tests',
  description: 'Runs that are played in memory, with what must come of them.',
  type: ['array', 'null'],
  maxItems: MOST_CASES,
  items: {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: record(CASE_KEYS, {
      name: text('Name', 'What it shows, in a few words.'),
      inputs: { type: ['object', 'null'], title: 'Inputs', description: 'What the run starts with.' },
      static: {
        type: ['object', 'null'],
        title: 'Static',
        description: 'Constants of the workspace; those of the file stay as they are.',
      },
      profile: {
        title: 'Profile',
        description: 'Who starts the run.',
        ...closed(
          record(PROFILE_KEYS, {
            user_id: text('Id', 'The id of the user.'),
            user_email: text('E-mail', 'The address of who starts the run.'),
            user_role: { enum: [...ROLES], title: 'Role', description: 'The role of who starts the run.' },
            name: text('Name', 'The name of who starts the run.'),
          }),
        ),
      },
      at: text('At', 'When the virtual clock begins: `2026-03-02T09:00:00Z`, or a date.'),
      people: scripts('people'),
      ai: scripts('ai'),
      http: scripts('http'),
      workflows: scripts('workflows'),
      expect,
    }),
    defaultSnippets: [{ label: 'test', description: 'A test', body: { name: '$1', expect: { status: 'completed' } } }],
  },
}

/** A key that the reader does not know, or that has no schema, does not compile. */
function record<K extends string>(_keys: readonly K[], schemas: Readonly<Record<K, JsonSchema>>): JsonSchema {
  return schemas
}
