/**
 * The workflow that waits in a new workspace: form, AI, approval, done. It needs no setting, and the person it was made
 * for is asked for the approval, so that the whole loop works alone.
 */
export function sampleWorkflow(approver: string): string {
  return `# A sample of the whole loop: a person enters something, AI drafts, a person decides.
# Change it or delete it as you like; nothing depends on it.
name: "Sample: answer a customer"
description: A customer's message comes in, AI drafts an answer, and you approve it before it counts.
tags: [sample]
start_step: message

steps:
  # 1. The run waits until somebody has filled in this form.
  - id: message
    type: form
    name: The customer's message
    title: What does the customer write?
    description: The answers are examples. Leave them or write your own.
    fields:
      - name: customer
        type: text
        label: Customer's name
        required: true
        default: Robin Meyer
      - name: message
        type: textarea
        label: Message
        required: true
        default: My order arrived without the cable. Can you send it before Friday?
      - name: tone
        type: radio
        label: Tone of the answer
        options: [friendly, formal, brief]
        default: friendly

  # 2. AI writes. What it answers has to match the schema, else it is asked again with what is wrong.
  - id: draft
    type: ai_generate
    name: Draft the answer
    prompt: |
      Answer this message from {{ customer }} in a {{ tone }} tone. Promise nothing the message does not ask for.

      {{ message }}
    output_schema:
      type: object
      properties:
        subject: {type: string, minLength: 3, maxLength: 120}
        answer: {type: string, minLength: 20}
      required: [subject, answer]

  # 3. A person decides. You get a mail; without a mail provider it stands in the Outbox.
  - id: review
    type: approval
    name: Approve the answer
    approvers: [${JSON.stringify(approver)}]
    self_approval: true # you may decide what you started yourself
    message: "May this answer go to {{ customer }}?"
    timeout: 7d
    on_reject: set_aside
    on_revise: {to: draft, max: 3}

  # 4. What was decided, as the result of the run.
  - id: ready
    type: set
    name: Ready to send
    values:
      outcome: "'approved, ready to send'"
    next: null

  - id: set_aside
    type: set
    name: Set aside
    values:
      outcome: "'rejected, nothing is sent'"
    next: null

outputs:
  outcome: "{{ runtime.outcome }}"
  subject: "{{ runtime.subject }}"
  answer: "{{ runtime.answer }}"

# 5. What must come of it, played in memory: see Tests beside this text.
tests:
  - name: it is approved after a second draft
    people:
      message: {customer: Robin Meyer, message: My cable is missing., tone: brief}
      review: [{revise: Say sorry., after: 1h}, approve]
    ai: {draft: success}
    expect:
      path: [message, draft, review, draft, review, ready]
      outputs: {outcome: "approved, ready to send"}

  - name: it is rejected
    people: {message: {customer: Robin Meyer, message: My cable is missing.}, review: reject}
    ai: {draft: success}
    expect: {outputs: {outcome: "rejected, nothing is sent"}}
`
}
