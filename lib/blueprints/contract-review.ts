import type { Blueprint } from './blueprint.ts'

export const contractReview: Blueprint = {
  id: 'contract-review',
  title: 'Contract review',
  summary: 'AI points out the risks of a contract; two of three reviewers have to agree before it is signed.',
  category: 'Operations',
  tags: ['legal'],
  learn: 'How two of three people decide, and how AI answers with a list that has grades.',
  needs: [],
  steps: ['form', 'ai_generate', 'approval', 'set', 'set'],
  yaml: `name: Contract review
description: AI points out risks, two of three reviewers agree or refuse.
tags: [legal]
start_step: contract

steps:
  - id: contract
    type: form
    name: The contract
    fields:
      - name: partner
        type: text
        label: Partner
        required: true
      - name: worth
        type: number
        label: Worth in euros a year
        required: true
        min: 0
      - name: clauses
        type: textarea
        label: Clauses to look at
        required: true

  - id: risks
    type: ai_generate
    name: Point out the risks
    prompt: |
      These are clauses of a contract with {{ partner }}, worth {{ worth }} euros a year:

      {{ clauses }}

      List what a careful reader would ask about. Cite the clause for each.
    output_schema:
      type: object
      properties:
        summary: {type: string, minLength: 20, maxLength: 600}
        risks:
          type: array
          minItems: 1
          maxItems: 10
          items:
            type: object
            properties:
              clause: {type: string, minLength: 3}
              question: {type: string, minLength: 10}
              severity: {type: string, enum: [low, medium, high]}
            required: [clause, question, severity]
      required: [summary, risks]

  - id: agree
    type: approval
    name: Agree to the contract
    approvers: [legal@example.com, finance@example.com, board@example.com]
    policy: {at_least: 2}
    priority: high
    message: "Sign with {{ partner }} for {{ worth }} euros a year?"
    show: [partner, worth, clauses, summary, risks]
    timeout: 7d
    reminder: 48h
    on_reject: declined

  - id: cleared
    type: set
    name: Cleared to sign
    values:
      outcome: "'cleared to sign'"
    next: null

  - id: declined
    type: set
    name: Declined
    values:
      outcome: "'declined'"
    next: null

outputs:
  outcome: "{{ runtime.outcome }}"
  summary: "{{ runtime.summary }}"

tests:
  - name: two of three agree
    people:
      contract: {partner: Lamps Ltd, worth: 5000, clauses: They may raise the price at any time.}
      agree: [{approve: "", by: legal@example.com}, {reject: Dear., by: finance@example.com}, {approve: "", by: board@example.com, after: 3d}]
    ai: {risks: success}
    expect:
      outputs: {outcome: cleared to sign}
      mails: [{to: board@example.com, kind: approval_reminder, count: 1}, {to: legal@example.com, kind: approval_reminder, count: 0}]

  - name: two refuse
    people:
      contract: {partner: Lamps Ltd, worth: 5000, clauses: They may raise the price at any time.}
      agree: {reject: Not so.}
    ai: {risks: success}
    expect: {outputs: {outcome: declined}, decisions: {agree: [reject, reject]}}
`,
}
