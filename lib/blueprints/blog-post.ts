import type { Blueprint } from './blueprint.ts'

export const blogPost: Blueprint = {
  id: 'blog-post',
  title: 'Blog post with a second look',
  summary: 'A brief becomes a draft. Good drafts are published at once, the others only after a manager agreed.',
  category: 'Content',
  tags: ['marketing'],
  learn: 'How a score decides who has to look, and how a secret goes into a call.',
  needs: ['CMS_API_KEY'],
  steps: ['form', 'ai_generate', 'conditional', 'approval', 'api_call'],
  yaml: `name: Blog post with a second look
description: A brief becomes a draft; weak drafts need a manager's approval before they are published.
tags: [marketing]
start_step: collect_brief

steps:
  - id: collect_brief
    type: form
    name: Collect the brief
    fields:
      - name: topic
        type: text
        label: Topic
        required: true
        help: What the post is about, in a few words
        pattern: "^.{3,100}$"
      - name: audience
        type: dropdown
        label: Audience
        required: true
        options: [developers, marketers, executives]

  - id: generate_draft
    type: ai_generate
    name: Write the draft
    prompt: |
      Write a blog post about {{ topic }} for {{ audience }}, about 1000 words.
      Rate its quality from 0 to 100.
    output_schema:
      type: object
      properties:
        title: {type: string, minLength: 5, maxLength: 100}
        body: {type: string, minLength: 50}
        quality_score: {type: number, minimum: 0, maximum: 100}
      required: [title, body, quality_score]

  - id: check_score
    type: conditional
    name: Is it good enough?
    condition: runtime.quality_score > 80
    if_true: publish
    if_false: manager_approval

  - id: manager_approval
    type: approval
    name: Manager's approval
    # Mails go to the Outbox until a mail provider is configured.
    approvers: [manager@example.com]
    message: "The draft “{{ title }}” scored {{ quality_score }}. Publish it?"
    timeout: 24h
    reminder: 12h
    next: publish

  - id: publish
    type: api_call
    name: Publish
    method: POST
    # Put the address of your own CMS here, and set the secret CMS_API_KEY.
    url: https://cms.example.com/api/posts
    headers:
      Authorization: "Bearer {{ env.CMS_API_KEY }}"
    body:
      title: "{{ runtime.title }}"
      content: "{{ runtime.body }}"
    next: null

tests:
  - name: a good draft is published at once
    people: {collect_brief: {topic: Durable runs, audience: developers}}
    ai:
      generate_draft:
        title: Runs that last
        body: A run that lasts outlives the process that began it, and the machine as well.
        quality_score: 91
    http: {publish: {status: 201, body: {id: 7}}}
    expect:
      path: [collect_brief, generate_draft, check_score, publish]
      runtime: {api_response: {status: 201, body: {id: 7}}}

  - name: a weak one needs the manager
    people: {collect_brief: {topic: Durable runs, audience: developers}, manager_approval: {approve: Fine., after: 13h}}
    ai:
      generate_draft:
        title: Runs that last
        body: A run that lasts outlives the process that began it, and the machine as well.
        quality_score: 60
    http: {publish: success}
    expect: {visited: [manager_approval, publish], mails: [{kind: approval_reminder, count: 1}]}

  - name: nothing is published without a word of the manager
    people: {collect_brief: {topic: Durable runs, audience: developers}, manager_approval: silence}
    ai:
      generate_draft:
        title: Runs that last
        body: A run that lasts outlives the process that began it, and the machine as well.
        quality_score: 60
    expect: {error: approval.expired, not_visited: [publish]}
`,
}
