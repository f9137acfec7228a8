import type { Blueprint } from './blueprint.ts'

export const meetingNotes: Blueprint = {
  id: 'meeting-notes',
  title: 'Notes to tasks',
  summary: 'Takes notes when it starts, lets AI find the summary and the tasks, and has them confirmed.',
  category: 'Team',
  tags: ['team'],
  learn: 'How inputs at the start replace a first form, and how AI answers with a list.',
  needs: [],
  steps: ['ai_generate', 'conditional', 'approval'],
  yaml: `name: Notes to tasks
description: Meeting notes become a summary and a list of tasks, which a person confirms.
tags: [team]
start_step: extract

inputs:
  - name: meeting
    type: text
    label: Meeting
    required: true
  - name: notes
    type: textarea
    label: Notes
    required: true

steps:
  - id: extract
    type: ai_generate
    name: Find the tasks
    prompt: |
      Notes of the meeting “{{ meeting }}”:

      {{ notes }}

      Summarise them in three sentences and list every task with who does it.
    output_schema:
      type: object
      properties:
        summary: {type: string, minLength: 20}
        tasks:
          type: array
          maxItems: 20
          items:
            type: object
            properties:
              task: {type: string, minLength: 3}
              owner: {type: string}
            required: [task, owner]
      required: [summary, tasks]
    max_retries: 2

  - id: any_tasks
    type: conditional
    name: Are there tasks?
    condition: len(runtime.tasks) > 0
    if_true: confirm
    if_false: null

  - id: confirm
    type: approval
    name: Confirm the tasks
    approvers: [team-lead@example.com]
    show: [meeting, summary, tasks]
    timeout: 3d
    next: null

outputs:
  summary: "{{ runtime.summary }}"
  tasks: "{{ runtime.tasks }}"

tests:
  - name: tasks are confirmed
    inputs: {meeting: Monday, notes: Ann writes the plan.}
    people: {confirm: approve}
    ai: {extract: {summary: We talked about the plan., tasks: [{task: Write the plan, owner: Ann}]}}
    expect: {path: [extract, any_tasks, confirm], outputs: {tasks: [{owner: Ann}]}}

  - name: nobody is asked where there is nothing to do
    inputs: {meeting: Monday, notes: Nice weather.}
    ai: {extract: {summary: We talked about the weather., tasks: []}}
    expect: {path: [extract, any_tasks], mails: []}

  - name: an answer that breaks the schema is asked for again
    inputs: {meeting: Monday, notes: Ann writes the plan.}
    people: {confirm: approve}
    ai: {extract: [schema_violation, success]}
    expect: {visited: [confirm]}
`,
}
