import type { Blueprint } from './blueprint.ts'

export const refund: Blueprint = {
  id: 'refund',
  title: 'Refund with conditions',
  summary:
    'Small refunds for good reasons are granted at once. For the others AI weighs the case, and a person decides.',
  category: 'Customers',
  tags: ['support', 'finance'],
  learn: 'How conditions are nested without writing an expression, and how two ways meet again in one result.',
  needs: [],
  steps: ['form', 'conditional', 'set', 'ai_generate', 'approval', 'set', 'set'],
  yaml: `name: Refund with conditions
description: Small refunds for a good reason are granted at once; for the others a person decides.
tags: [support, finance]
start_step: case

steps:
  - id: case
    type: form
    name: The case
    title: Which refund is asked for?
    fields:
      - name: order
        type: text
        label: Order number
        required: true
        pattern: "^[A-Z0-9-]{4,20}$"
        help: As on the invoice, e.g. A-10442
      - name: amount
        type: number
        label: Amount in euros
        required: true
        min: 1
        max: 10000
      - name: reason
        type: dropdown
        label: Reason
        required: true
        options:
          - {label: It arrived damaged, value: damaged}
          - {label: It never arrived, value: lost}
          - {label: It is not wanted any more, value: unwanted}
      - name: story
        type: textarea
        label: What the customer says

  - id: check
    type: conditional
    name: Small, and for a good reason?
    condition:
      all:
        - {field: runtime.amount, operator: lte, value: 50}
        - {field: runtime.reason, operator: in, value: [damaged, lost]}
    if_true: granted_at_once
    if_false: weigh

  - id: granted_at_once
    type: set
    name: Granted at once
    values:
      outcome: "'granted at once'"
    next: null

  - id: weigh
    type: ai_generate
    name: Weigh the case
    prompt: |
      A customer asks for {{ amount }} euros back for order {{ order }}. Reason: {{ reason }}.
      {{ story }}

      What speaks for a refund, what against it? Decide nothing: a person does.
    output_schema:
      type: object
      properties:
        speaks_for: {type: string, minLength: 10, maxLength: 400}
        speaks_against: {type: string, minLength: 10, maxLength: 400}
      required: [speaks_for, speaks_against]

  - id: decide
    type: approval
    name: Decide about the refund
    approvers: [support-lead@example.com]
    priority: high
    message: "Refund {{ amount }} euros for order {{ order }}?"
    timeout: 48h
    reminder: 24h
    on_reject: refused

  - id: granted
    type: set
    name: Granted
    values:
      outcome: "'granted by a person'"
    next: null

  - id: refused
    type: set
    name: Refused
    values:
      outcome: "'refused'"
    next: null

outputs:
  order: "{{ runtime.order }}"
  outcome: "{{ runtime.outcome }}"

tests:
  - name: a small sum for a good reason is granted at once
    people: {case: {order: A-10442, amount: 20, reason: lost}}
    expect: {path: [case, check, granted_at_once], outputs: {outcome: granted at once}, mails: []}

  - name: a person grants the others
    people: {case: {order: A-10442, amount: 400, reason: lost}, decide: approve}
    ai: {weigh: success}
    expect: {outputs: {order: A-10442, outcome: granted by a person}}

  - name: a person refuses after a reminder
    people: {case: {order: A-10442, amount: 20, reason: unwanted}, decide: {reject: It was worn., after: 30h}}
    ai: {weigh: success}
    expect:
      outputs: {outcome: refused}
      mails: [{kind: approval_reminder, count: 1}]
`,
}
