import type { Blueprint } from './blueprint.ts'

export const incidentNote: Blueprint = {
  id: 'incident-note',
  title: 'Incident note',
  summary:
    'What engineers know becomes a note for customers. Severe incidents need the word of everybody who is asked.',
  category: 'Operations',
  tags: ['operations'],
  learn: 'How a dropdown decides the way, and how an approval needs all of its people.',
  needs: [],
  steps: ['form', 'ai_generate', 'conditional', 'approval', 'set', 'set'],
  yaml: `name: Incident note
description: Facts of an incident become a note for customers; severe ones need everybody's word.
tags: [operations]
start_step: facts

steps:
  - id: facts
    type: form
    name: What is known
    fields:
      - name: service
        type: text
        label: Service
        required: true
      - name: severity
        type: radio
        label: Severity
        required: true
        options: [minor, major, critical]
        default: minor
      - name: known
        type: textarea
        label: What is known
        required: true
        help: Facts with times. Names of people stay out.

  - id: draft
    type: ai_generate
    name: Draft the note
    prompt: |
      Write a note for customers about an incident of the service {{ service }} ({{ severity }}).
      Say what they notice, what is being done and when the next note comes. Guess nothing.

      {{ known }}
    output_schema:
      type: object
      properties:
        headline: {type: string, minLength: 10, maxLength: 90}
        note: {type: string, minLength: 40, maxLength: 1200}
      required: [headline, note]

  - id: severe
    type: conditional
    name: Is it severe?
    condition: runtime.severity in ["major", "critical"]
    if_true: release
    if_false: published

  - id: release
    type: approval
    name: Release the note
    approvers: [on-call@example.com, communications@example.com]
    policy: all
    priority: high
    message: "{{ severity }} incident of {{ service }}. May this go to the status page?"
    show: [headline, note, known]
    timeout: 30m
    reminder: 10m
    on_timeout: escalate
    escalate_to: head-of-operations@example.com
    on_revise: {to: draft, max: 3}
    on_reject: withheld
    next: published

  - id: published
    type: set
    name: For the status page
    values:
      outcome: "'published'"
    next: null

  - id: withheld
    type: set
    name: Withheld
    values:
      outcome: "'withheld'"
    next: null

outputs:
  outcome: "{{ runtime.outcome }}"
  headline: "{{ runtime.headline }}"

tests:
  - name: a minor one goes out by itself
    people: {facts: {service: Mail, severity: minor, known: Slow since 9:10.}}
    ai: {draft: success}
    expect: {path: [facts, draft, severe, published], mails: []}

  - name: a critical one needs both
    people:
      facts: {service: Mail, severity: critical, known: No mail since 9:10.}
      release: [{approve: "", by: on-call@example.com}, {approve: "", by: communications@example.com, after: 5m}]
    ai: {draft: success}
    expect: {outputs: {outcome: published}, decisions: {release: [approve, approve]}}

  - name: after half an hour the head of operations is asked, who wants it shorter
    people:
      facts: {service: Mail, severity: major, known: No mail since 9:10.}
      release: [{revise: Shorter., after: 40m}, approve]
    ai: {draft: success}
    expect:
      decisions: {release: [{decision: revise, by: head-of-operations@example.com}, approve, approve]}
      mails: [{to: head-of-operations@example.com, kind: approval_escalation, count: 1}]

  - name: it is withheld
    people: {facts: {service: Mail, severity: major, known: No mail since 9:10.}, release: reject}
    ai: {draft: success}
    expect: {outputs: {outcome: withheld}}
`,
}
