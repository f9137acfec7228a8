import type { Blueprint } from './blueprint.ts'

export const leadIntake: Blueprint = {
  id: 'lead-intake',
  title: 'Enquiry to CRM',
  summary: 'A public form, no account needed; AI sorts the enquiry, and it is handed to your CRM by an HTTP call.',
  category: 'Customers',
  tags: ['sales'],
  learn: 'How a form is opened to everybody with the link, and how a call is repeated.',
  needs: ['CRM_TOKEN'],
  steps: ['form', 'ai_generate', 'set', 'api_call'],
  yaml: `name: Enquiry to CRM
description: A public form; AI sorts the enquiry and it is handed to a CRM.
tags: [sales]
start_step: enquiry

steps:
  - id: enquiry
    type: form
    name: Enquiry
    title: How can we help?
    description: We answer within one working day.
    public: true
    fields:
      - name: name
        type: text
        label: Your name
        required: true
      - name: email
        type: email
        label: E-mail address
        required: true
      - name: topics
        type: multiselect
        label: What is it about?
        options:
          - {label: A demonstration, value: demo}
          - {label: Prices, value: pricing}
          - {label: Something else, value: other}
      - name: message
        type: textarea
        label: Your message
        required: true
      - name: newsletter
        type: checkbox
        label: Send me the newsletter

  - id: sort
    type: ai_generate
    name: Sort the enquiry
    prompt: |
      How urgent is this enquiry, and which team should answer it?

      {{ message }}
    output_schema:
      type: object
      properties:
        urgency: {type: string, enum: [low, normal, high]}
        team: {type: string, enum: [sales, support, partners]}
      required: [urgency, team]

  - id: prepare
    type: set
    name: Prepare the record
    values:
      headline: "{{ name }} → {{ team }}"

  - id: hand_over
    type: api_call
    name: Hand over to the CRM
    method: POST
    # Put the address of your own CRM here, and set the secret CRM_TOKEN.
    url: https://crm.example.com/api/leads
    headers:
      Authorization: "Bearer {{ secrets.CRM_TOKEN }}"
    body:
      headline: "{{ runtime.headline }}"
      email: "{{ runtime.email }}"
      topics: "{{ runtime.topics }}"
      urgency: "{{ runtime.urgency }}"
      message: "{{ runtime.message }}"
    timeout_s: 10
    retry: {max_attempts: 5, interval: 2s}
    next: null

tests:
  - name: an enquiry is handed over
    people: {enquiry: {name: Ann, email: ann@example.com, topics: [demo], message: Hello}}
    ai: {sort: {urgency: high, team: sales}}
    http: {hand_over: {status: 201}}
    expect: {runtime: {headline: Ann → sales}}

  - name: a CRM that is down for a moment gets it later
    people: {enquiry: {name: Ann, email: ann@example.com, message: Hello}}
    ai: {sort: success}
    http: {hand_over: [{status: 503}, {error: http.timeout}, {status: 201}]}
    expect: {status: completed}

  - name: a CRM that refuses it fails the run
    people: {enquiry: {name: Ann, email: ann@example.com, message: Hello}}
    ai: {sort: success}
    http: {hand_over: {status: 401}}
    expect: {error: {code: http.status, step: hand_over}}
`,
}
