import { expect, type Page } from '@playwright/test'
import type { RunningApp } from './app.ts'

/** The people of the journeys. */
export const SARAH = { name: 'Sarah Miller', email: 'sarah@company.com', password: 'a quiet river at dawn' }

/** The short example: form → AI → condition → approval → HTTP call. `cms` is where the call goes. */
export function blogPost(cms: string): string {
  return `name: Blog Post Generator
steps:
  - id: collect_brief
    type: form
    fields:
      - name: topic
        type: text
        required: true
      - name: audience
        type: dropdown
        options: [developers, marketers, executives]
  - id: generate_draft
    type: ai_generate
    prompt: |
      Write a blog post about {{topic}} for {{audience}}.
      Must be 1000 words.
    output_schema:
      type: object
      properties:
        title: {type: string}
        body: {type: string}
        quality_score: {type: number, maximum: 80}
      required: [title, body, quality_score]
  - id: check_score
    type: conditional
    condition: runtime.quality_score > 80
    if_true: publish_to_cms
    if_false: manager_approval
  - id: manager_approval
    type: approval
    approvers:
      - manager@company.com
      - editor@company.com
    next: publish_to_cms
  - id: publish_to_cms
    type: api_call
    method: POST
    url: ${cms}/api/posts
    headers:
      Authorization: "Bearer {{env.CMS_API_KEY}}"
    body:
      title: "{{runtime.title}}"
      content: "{{runtime.body}}"
    next: null
`
}

/** Opens the one-time link and becomes the owner. */
export async function setUp(page: Page, app: RunningApp): Promise<void> {
  if (app.setupLink === null) throw new Error('the start printed no set-up link')
  await page.goto(app.setupLink)
  await page.getByLabel('Name').fill(SARAH.name)
  await page.getByLabel('E-mail').fill(SARAH.email)
  await page.getByLabel(/^Password/).fill(SARAH.password)
  await page.getByRole('button', { name: /set up|create/i }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** Writes a workflow in the editor and saves it; answers its id. */
export async function author(page: Page, app: RunningApp, yaml: string): Promise<string> {
  await page.goto(`${app.url}/workflows/new`)
  await page.getByText('Begin with an empty page').click()
  await writeText(page, yaml)
  await page.getByRole('button', { name: /create|save/i }).click()
  await page.waitForURL(/\/workflows\/wf_[a-z0-9]+$/)
  return page.url().split('/').at(-1) ?? ''
}

/** Saves a workflow by REST, where how it is written is not what is looked at; answers its id. */
export async function publish(page: Page, app: RunningApp, yaml: string): Promise<string> {
  const answer = await page.request.post(`${app.url}/api/v1/workflows`, {
    headers: { origin: app.url },
    data: { yaml },
  })
  expect(answer.status()).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

/** Puts a text in place of the one in the editor, as people do: select all, paste. */
export async function writeText(page: Page, yaml: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  // Until Monaco is there a plain text area stands in its place; what is typed into either is kept.
  const editor = page.locator('.monaco-editor').getByRole('textbox', { name: 'Workflow in YAML' })
  await editor.focus()
  await page.evaluate((text) => navigator.clipboard.writeText(text), yaml)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+V')
}

/** The text in the editor, as people get at it: select all, copy. */
export async function readText(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('.monaco-editor').getByRole('textbox', { name: 'Workflow in YAML' }).focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+C')
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Starts a run from the workflow's page and answers its id. */
export async function run(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start the run' }).click()
  await page.waitForURL(/\/runs\/run_[a-z0-9]+/)
  return /run_[a-z0-9]+/.exec(page.url())?.[0] ?? ''
}

/** The link of that kind in the mail to a person, as the Outbox shows it. */
export async function mailedLink(page: Page, app: RunningApp, runId: string, to: string, rel: string): Promise<string> {
  let link = ''
  await expect(async () => {
    const answer = await page.request.get(`${app.url}/api/v1/outbox?run_id=${runId}`)
    const { messages } = (await answer.json()) as {
      messages: { to: string; status: string; links: { rel: string; url: string }[] }[]
    }
    const mail = messages.find((message) => message.to === to && message.status === 'sent')
    link = mail?.links.find((l) => l.rel === rel)?.url ?? ''
    expect(link).not.toBe('')
  }).toPass({ timeout: 20_000 })
  return link
}
