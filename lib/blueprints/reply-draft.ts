import type { Blueprint } from './blueprint.ts'

export const replyDraft: Blueprint = {
  id: 'reply-draft',
  title: 'Answer to a customer',
  summary: 'AI drafts an answer to a complaint; a person approves it or sends it back with a comment.',
  category: 'Customers',
  tags: ['support'],
  learn: 'How a person sends a draft back to the model with a comment.',
  needs: [],
  steps: ['form', 'ai_generate', 'approval'],
  yaml: `name: Answer to a customer
description: AI drafts an answer; a person approves it or asks for changes, which go back into the draft.
tags: [support]
start_step: complaint

steps:
  - id: complaint
    type: form
    name: The complaint
    title: What does the customer write?
    fields:
      - name: customer
        type: text
        label: Customer's name
        required: true
      - name: message
        type: textarea
        label: Message
        required: true
      - name: tone
        type: radio
        label: Tone of the answer
        options: [friendly, formal, brief]
        default: friendly

  - id: draft
    type: ai_generate
    name: Draft the answer
    prompt: |
      Answer this message from {{ customer }} in a {{ tone }} tone. Promise nothing that the message does not offer.

      {{ message }}
    output_schema:
      type: object
      properties:
        subject: {type: string, minLength: 3, maxLength: 120}
        answer: {type: string, minLength: 20}
      required: [subject, answer]

  - id: review
    type: approval
    name: Review
    # The mail stands in the Outbox until a mail provider is configured.
    approvers: [support-lead@example.com]
    message: "May this answer go to {{ customer }}?"
    timeout: 48h
    on_revise: {to: draft, max: 3}
    next: null

outputs:
  subject: "{{ runtime.subject }}"
  answer: "{{ runtime.answer }}"

tests:
  - name: the lead agrees
    people: {complaint: {customer: Robin, message: Where is my parcel?}, review: approve}
    ai: {draft: {subject: Your parcel, answer: "It left our house on Monday, Robin."}}
    expect:
      path: [complaint, draft, review]
      outputs: {subject: Your parcel}
      mails: [{to: support-lead@example.com, kind: approval_request, count: 1}]

  - name: the lead asks for changes first
    people:
      complaint: {customer: Robin, message: Where is my parcel?}
      review: [{revise: Say when it arrives.}, approve]
    ai: {draft: success}
    expect: {path: [complaint, draft, review, draft, review]}

  - name: nobody looks at it for two days
    people: {complaint: {customer: Robin, message: Where is my parcel?}, review: silence}
    ai: {draft: success}
    expect: {error: approval.expired}
`,
}
