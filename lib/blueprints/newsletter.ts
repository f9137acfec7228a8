import type { Blueprint } from './blueprint.ts'

export const newsletter: Blueprint = {
  id: 'newsletter',
  title: 'Newsletter in rounds',
  summary:
    'AI writes this month’s newsletter; an editor sends it back with comments until it fits, five times at most.',
  category: 'Content',
  tags: ['marketing'],
  learn: 'How a draft goes through rounds of comments, and how a code from the mail confirms the decision.',
  needs: [],
  steps: ['ai_generate', 'approval', 'set'],
  yaml: `name: Newsletter in rounds
description: AI writes the newsletter, an editor sends it back with comments until it fits.
tags: [marketing]
start_step: write

inputs:
  - name: month
    type: text
    label: Month
    required: true
    default: March
  - name: news
    type: textarea
    label: News, one a line
    required: true

steps:
  - id: write
    type: ai_generate
    name: Write the newsletter
    # A comment of the editor is added to this prompt when the draft comes back.
    prompt: |
      Write our newsletter of {{ month }}. Use this news and nothing else:

      {{ news }}
    output_schema:
      type: object
      properties:
        subject: {type: string, minLength: 5, maxLength: 80}
        preview: {type: string, minLength: 10, maxLength: 120}
        body: {type: string, minLength: 80}
      required: [subject, preview, body]
    max_retries: 2

  - id: edit
    type: approval
    name: Read the newsletter
    approvers: [editor@example.com]
    show: [subject, preview, body]
    # Thousands will read it: the editor types a code from the mail before it counts.
    confirm: code
    timeout: 5d
    reminder: 2d
    on_revise: {to: write, max: 5}

  - id: ready
    type: set
    name: Ready to send
    values:
      outcome: "'ready to send'"
    next: null

outputs:
  subject: "{{ runtime.subject }}"
  body: "{{ runtime.body }}"

tests:
  - name: the second round fits
    inputs: {month: May, news: We moved.}
    people: {edit: [{revise: Say where to., after: 1d}, approve]}
    ai: {write: success}
    expect:
      path: [write, edit, write, edit, ready]
      decisions: {edit: [{decision: revise, comment: Say where to.}, approve]}

  - name: the editor does not want it
    inputs: {news: We moved.}
    people: {edit: {reject: Nothing happened.}}
    ai: {write: success}
    expect: {error: {code: approval.rejected, message: Nothing happened.}}
`,
}
