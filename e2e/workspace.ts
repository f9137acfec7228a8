import type { Browser, Page } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { SARAH, setUp } from './journeys.ts'

/**
 * A workspace as it looks after some use: a workflow with a public form and two approvers, runs in every state, a mail.
 * Everything is made by REST with the owner's session, as her own page would.
 */
export interface Workspace {
  readonly app: RunningApp
  /** Sarah, signed in. */
  readonly page: Page
  readonly workflow: string
  readonly runs: Readonly<Record<'form' | 'approval' | 'completed' | 'failed' | 'canceled', string>>
  readonly approval: string
  /** What the run `form` waits for. */
  readonly form: string
  /** Links that need no account. */
  readonly formLink: string
  readonly approvalLink: string
  /** A call of the REST API; rejects unless it is answered with 2xx. */
  call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T>
  stop(): Promise<void>
}

const STORY = `name: Blog post with a second look
description: AI drafts a post from a brief; two people have a look before it goes out.
tags: [marketing, content]
start_step: brief
steps:
  - id: brief
    name: Collect the brief
    type: form
    title: What should we write about?
    description: A few words are enough. You will see the draft before anybody else does.
    public: true
    fields:
      - {key: topic, label: Topic, type: text, required: true}
      - {key: audience, label: Audience, type: select, options: [developers, marketers, executives]}
      - {key: words, label: Length in words, type: integer, min: 100, max: 3000, default: 800}
  - id: draft
    name: Draft the post
    type: ai_generate
    prompt: "Write a blog post about {{ topic }} for {{ audience }} in {{ words }} words."
    output_schema:
      type: object
      properties:
        title: {type: string}
        body: {type: string}
        quality_score: {type: number, minimum: 0, maximum: 100}
      required: [title, body, quality_score]
  - id: review
    name: A second look
    type: approval
    approvers: [${SARAH.email}, manager@company.com]
    policy: all
    self_approval: true
    message: "Please read this draft before it goes to the website."
    timeout: 3d
    on_revise: {to: draft, max: 3}
  - id: publish
    name: Mark as ready
    type: set
    values: {ready: true}
    next: null
`

const BROKEN = `name: Hand over to the CRM
tags: [sales]
start_step: hand_over
steps:
  - id: hand_over
    name: Call the CRM
    type: api_call
    method: POST
    url: http://127.0.0.1:9/leads
    retry: {max_attempts: 1}
    body: {name: Ada}
    next: null
`

interface Waiting {
  readonly run_id: string
  readonly status: string
  readonly resume_token: string
  readonly waits: readonly { readonly wait_id: string; readonly form?: { readonly link?: string } }[]
}

export async function startWorkspace(browser: Browser): Promise<Workspace> {
  const app = await startApp()
  const page = await (await browser.newContext()).newPage()
  await setUp(page, app)

  async function call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
    const answer = await page.request.fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { origin: app.url },
      ...(body === undefined ? {} : { data: body }),
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  const start = async (workflow_id: string): Promise<Waiting> => {
    const { run_id } = await call<Waiting>('POST', '/executions', { workflow_id })
    return call('GET', `/executions/${run_id}?wait=20`)
  }
  const resume = async (run: Waiting, answer: object): Promise<Waiting> => {
    await call('POST', `/executions/${run.run_id}/resume`, { resume_token: run.resume_token, ...answer })
    return call('GET', `/executions/${run.run_id}?wait=20`)
  }
  const brief = (topic: string) => ({ inputs: { topic, audience: 'developers', words: 600 } })

  const { id: workflow } = await call<{ id: string }>('POST', '/workflows', { yaml: STORY })
  const { id: broken } = await call<{ id: string }>('POST', '/workflows', { yaml: BROKEN })

  const failed = await start(broken)
  const form = await start(workflow)
  const canceled = await start(workflow)
  await call('POST', `/executions/${canceled.run_id}/cancel`, { reason: 'Asked for twice' })
  const completed = await decideAll(await resume(await start(workflow), brief('Durable workflows that wait for days')))
  const approval = await resume(await start(workflow), brief('AI for developers'))

  async function decideAll(run: Waiting): Promise<Waiting> {
    const id = run.waits[0]?.wait_id ?? ''
    await call('POST', `/approvals/${id}/approve`, { comment: 'Reads well' })
    await page.goto(await approveLink(run.run_id))
    await page.getByRole('button', { name: /continue|next/i }).click()
    await page.getByRole('button', { name: 'Confirm approval' }).click()
    await page
      .getByText(/approved/i)
      .first()
      .waitFor()
    return call('GET', `/executions/${run.run_id}?wait=20`)
  }

  async function approveLink(runId: string): Promise<string> {
    for (;;) {
      const { messages } = await call<{ messages: { to: string; links: { rel: string; url: string }[] }[] }>(
        'GET',
        `/outbox?run_id=${runId}&to=manager@company.com`,
      )
      const link = messages[0]?.links.find(({ rel }) => rel === 'approve')?.url
      if (link !== undefined) return link
      await page.waitForTimeout(100)
    }
  }

  return {
    app,
    page,
    workflow,
    runs: {
      form: form.run_id,
      approval: approval.run_id,
      completed: completed.run_id,
      failed: failed.run_id,
      canceled: canceled.run_id,
    },
    approval: approval.waits[0]?.wait_id ?? '',
    form: form.waits[0]?.wait_id ?? '',
    formLink: form.waits[0]?.form?.link ?? '',
    approvalLink: await approveLink(approval.run_id),
    call,
    stop: async () => {
      await page.context().close()
      await app.stop()
    },
  }
}
