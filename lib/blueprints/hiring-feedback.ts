import type { Blueprint } from './blueprint.ts'

export const hiringFeedback: Blueprint = {
  id: 'hiring-feedback',
  title: 'Hiring feedback',
  summary:
    'Three scores and notes become one fair summary; the hiring manager decides, and clear cases skip the decision.',
  category: 'Team',
  tags: ['hiring'],
  learn: 'How to compute with answers, and how a branch decides who has to look at all.',
  needs: [],
  steps: ['form', 'set', 'ai_generate', 'conditional', 'approval', 'set', 'set'],
  yaml: `name: Hiring feedback
description: Scores and notes of an interview become a summary, and the hiring manager decides.
tags: [hiring]
start_step: interview

steps:
  - id: interview
    type: form
    name: The interview
    title: How was the interview?
    fields:
      - name: candidate
        type: text
        label: Candidate
        required: true
      - {name: skill, type: integer, label: Skill from 1 to 5, required: true, min: 1, max: 5}
      - {name: teamwork, type: integer, label: Teamwork from 1 to 5, required: true, min: 1, max: 5}
      - {name: clarity, type: integer, label: Clarity from 1 to 5, required: true, min: 1, max: 5}
      - name: notes
        type: textarea
        label: Notes
        required: true
        help: What was said and done, not what you felt

  - id: score
    type: set
    name: Average
    values:
      average: round((runtime.skill + runtime.teamwork + runtime.clarity) / 3, 1)

  - id: summarise
    type: ai_generate
    name: Summarise
    prompt: |
      Summarise these notes about {{ candidate }} for a hiring manager. Leave out age, family, origin and looks.

      {{ notes }}
    output_schema:
      type: object
      properties:
        summary: {type: string, minLength: 20, maxLength: 800}
        strengths: {type: array, minItems: 1, maxItems: 5, items: {type: string, minLength: 3}}
        open_questions: {type: array, maxItems: 5, items: {type: string, minLength: 3}}
      required: [summary, strengths, open_questions]

  - id: worth_a_look
    type: conditional
    name: Worth a decision?
    condition: runtime.average >= 2.5
    if_true: decide
    if_false: declined

  - id: decide
    type: approval
    name: Invite to the next round?
    approvers: [hiring-manager@example.com]
    show: [candidate, average, summary, strengths, open_questions]
    timeout: 5d
    reminder: 48h
    on_reject: declined

  - id: invited
    type: set
    name: Next round
    values:
      outcome: "'next round'"
    next: null

  - id: declined
    type: set
    name: Declined
    values:
      outcome: "'declined'"
    next: null

outputs:
  candidate: "{{ runtime.candidate }}"
  outcome: "{{ runtime.outcome }}"

tests:
  - name: a good interview leads to the next round
    people:
      interview: {candidate: Ann, skill: 4, teamwork: 4, clarity: 5, notes: She explained it well.}
      decide: approve
    ai: {summarise: success}
    expect: {runtime: {average: 4.3}, outputs: {candidate: Ann, outcome: next round}}

  - name: low scores need no decision
    people: {interview: {candidate: Ann, skill: 2, teamwork: 2, clarity: 3, notes: It was short.}}
    ai: {summarise: success}
    expect: {not_visited: [decide], outputs: {outcome: declined}, mails: []}

  - name: the manager declines
    people:
      interview: {candidate: Ann, skill: 3, teamwork: 3, clarity: 3, notes: It was fine.}
      decide: {reject: Not now.}
    ai: {summarise: success}
    expect: {visited: [decide], outputs: {outcome: declined}}
`,
}
