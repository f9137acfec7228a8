import type { Blueprint } from './blueprint.ts'

export const purchaseRequest: Blueprint = {
  id: 'purchase-request',
  title: 'Purchase that does not lie around',
  summary:
    'A lead decides within two days. If nobody does, the request goes up to the director instead of being forgotten.',
  category: 'Money',
  tags: ['purchasing'],
  learn: 'How reminders and escalation work, and that silence never approves.',
  needs: [],
  steps: ['form', 'approval', 'set', 'set'],
  yaml: `name: Purchase that does not lie around
description: A lead decides within two days, else the director is asked.
tags: [purchasing]
start_step: request

steps:
  - id: request
    type: form
    name: The purchase
    fields:
      - name: goods
        type: text
        label: What is to be bought?
        required: true
      - name: price
        type: number
        label: Price in euros
        required: true
        min: 1
      - name: urgent
        type: checkbox
        label: It is urgent
      - name: reason
        type: textarea
        label: Why is it needed?
        required: true

  - id: decide
    type: approval
    name: Decide about the purchase
    approvers: [lead@example.com]
    message: "{{ goods }} for {{ price }} euros?"
    reminder: 24h
    timeout: 48h
    # After two days without a word, the director is asked, with as much time again.
    on_timeout: escalate
    escalate_to: director@example.com
    on_reject: refused

  - id: ordered
    type: set
    name: To be ordered
    values:
      outcome: "'to be ordered'"
    next: null

  - id: refused
    type: set
    name: Refused
    values:
      outcome: "'refused'"
    next: null

outputs:
  goods: "{{ runtime.goods }}"
  outcome: "{{ runtime.outcome }}"

tests:
  - name: the lead decides in time
    people: {request: {goods: A lamp, price: 90, reason: It is dark.}, decide: approve}
    expect: {outputs: {outcome: to be ordered}}

  - name: the lead is silent, so the director is asked
    people: {request: {goods: A lamp, price: 90, reason: It is dark.}, decide: {approve: Get two., after: 3d}}
    expect:
      decisions: {decide: {decision: approve, by: director@example.com}}
      mails:
        - {to: lead@example.com, kind: approval_reminder, count: 1}
        - {to: director@example.com, kind: approval_escalation, count: 1}

  - name: nobody says a word
    people: {request: {goods: A lamp, price: 90, reason: It is dark.}, decide: silence}
    expect: {decisions: {decide: expired}, outputs: {outcome: refused}}
`,
}
