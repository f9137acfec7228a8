import type { Blueprint } from './blueprint.ts'

export const vendorOnboarding: Blueprint = {
  id: 'vendor-onboarding',
  title: 'Vendor onboarding',
  summary: 'A vendor fills in a public form; purchasing, security and finance agree one after the other.',
  category: 'Money',
  tags: ['purchasing'],
  learn: 'How people decide in turn, each seeing it only when the one before agreed.',
  needs: [],
  steps: ['form', 'ai_generate', 'approval', 'set', 'set'],
  yaml: `name: Vendor onboarding
description: A vendor introduces itself; purchasing, security and finance agree in turn.
tags: [purchasing]
start_step: vendor

steps:
  - id: vendor
    type: form
    name: About the vendor
    title: Tell us about your company
    description: Three teams look at it, one after the other. You need no account.
    public: true
    fields:
      - name: company
        type: text
        label: Company
        required: true
      - name: contact
        type: email
        label: E-mail address
        required: true
      - name: website
        type: url
        label: Website
      - name: offer
        type: textarea
        label: What do you offer?
        required: true
      - name: personal_data
        type: checkbox
        label: We will process personal data

  - id: brief
    type: ai_generate
    name: Prepare a brief
    prompt: |
      Prepare a brief about the vendor {{ company }} for people who decide quickly.
      Processes personal data: {{ personal_data }}. What it offers:

      {{ offer }}
    output_schema:
      type: object
      properties:
        brief: {type: string, minLength: 20, maxLength: 600}
        questions: {type: array, minItems: 1, maxItems: 5, items: {type: string, minLength: 5}}
      required: [brief, questions]

  - id: agree
    type: approval
    name: Agree in turn
    # The next one is asked when the one before has agreed; the first no ends it.
    approvers: [purchasing@example.com, security@example.com, finance@example.com]
    policy: sequential
    message: "Work with {{ company }}?"
    timeout: 14d
    reminder: 3d
    on_reject: declined

  - id: accepted
    type: set
    name: Accepted
    values:
      outcome: "'accepted'"
    next: null

  - id: declined
    type: set
    name: Declined
    values:
      outcome: "'declined'"
    next: null

outputs:
  company: "{{ runtime.company }}"
  outcome: "{{ runtime.outcome }}"

tests:
  - name: all three agree in turn
    people:
      vendor: {company: Lamps Ltd, contact: ann@lamps.example, offer: Lamps}
      agree: approve
    ai: {brief: success}
    expect:
      outputs: {outcome: accepted}
      decisions:
        agree:
          - {decision: approve, by: purchasing@example.com}
          - {decision: approve, by: security@example.com}
          - {decision: approve, by: finance@example.com}

  - name: the first no ends it
    people:
      vendor: {company: Lamps Ltd, contact: ann@lamps.example, offer: Lamps}
      agree: [{approve: "", by: purchasing@example.com}, {reject: No audit., by: security@example.com}]
    ai: {brief: success}
    expect: {outputs: {outcome: declined}, mails: [{to: finance@example.com, count: 0}]}
`,
}
