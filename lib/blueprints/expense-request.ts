import type { Blueprint } from './blueprint.ts'

export const expenseRequest: Blueprint = {
  id: 'expense-request',
  title: 'Expense request',
  summary: 'Small sums pass at once; larger ones need two of three approvers. Reminders see to it that nobody forgets.',
  category: 'Money',
  tags: ['finance'],
  learn: 'How a constant sets a limit, and how two of three people decide.',
  needs: [],
  steps: ['form', 'conditional', 'set', 'approval', 'set', 'set'],
  yaml: `name: Expense request
description: Sums up to the limit pass at once; larger ones need two of three approvers.
tags: [finance]
start_step: request

static:
  limit: 200

steps:
  - id: request
    type: form
    name: The request
    fields:
      - name: purpose
        type: text
        label: What is it for?
        required: true
        pattern: "^.{3,200}$"
      - name: amount
        type: number
        label: Amount in euros
        required: true
        min: 1
        max: 50000
      - name: needed_by
        type: date
        label: Needed by

  - id: check_limit
    type: conditional
    name: Within the limit?
    condition: runtime.amount <= static.limit
    if_true: granted_at_once
    if_false: decide

  - id: granted_at_once
    type: set
    name: Granted at once
    values:
      outcome: "'granted: within the limit'"
    next: null

  - id: decide
    type: approval
    name: Decide
    approvers: [finance@example.com, lead@example.com, controller@example.com]
    policy: {at_least: 2}
    priority: high
    message: "{{ amount }} euros for: {{ purpose }}"
    timeout: 7d
    reminder: 24h
    on_reject: refused

  - id: granted
    type: set
    name: Granted
    values:
      outcome: "'granted by two approvers'"
    next: null

  - id: refused
    type: set
    name: Refused
    values:
      outcome: "'refused'"
    next: null

outputs:
  outcome: "{{ runtime.outcome }}"

tests:
  - name: a small sum passes at once
    people: {request: {purpose: A train to Ghent, amount: 200}}
    expect: {path: [request, check_limit, granted_at_once], mails: []}

  - name: two of three are enough
    people:
      request: {purpose: A new server, amount: 900}
      decide: [{approve: Fine., by: lead@example.com}, {reject: Why?, by: finance@example.com}, {approve: Needed., by: controller@example.com}]
    expect: {outputs: {outcome: granted by two approvers}}

  - name: two refuse
    people: {request: {purpose: A new server, amount: 900}, decide: {reject: Not this year.}}
    expect: {outputs: {outcome: refused}, decisions: {decide: [reject, reject]}}
`,
}
