import { expect, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { author, blogPost, mailedLink, run, setUp } from './journeys.ts'
import { type Sink, startSink } from './sink.ts'

let app: RunningApp
let cms: Sink

test.beforeAll(async () => {
  cms = await startSink()
  app = await startApp({ env: { MOCK_AI_MODE: 'schema_violation_once', SCAFF_SECRET_CMS_API_KEY: 'canary-cms-key' } })
})
test.afterAll(async () => {
  await app.stop()
  await cms.close()
})

test('Sarah’s post goes from a form over AI and her manager’s decision to the CMS', async ({ page, browser }) => {
  await setUp(page, app)
  await author(page, app, blogPost(cms.url))
  const runId = await run(page)

  await test.step('she fills in the form; what is missing is said, what she typed stays', async () => {
    await page.getByRole('radio', { name: 'developers' }).check()
    await page.getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByRole('alert').first()).toContainText(/topic/i)
    await expect(page.getByRole('radio', { name: 'developers' })).toBeChecked()
    await page.getByLabel('Topic').fill('AI for developers')
    await page.getByRole('button', { name: 'Submit' }).click()
  })

  await test.step('the AI is asked again with the violations; then the run waits for her manager', async () => {
    await expect(page.getByText(/waiting for manager@company\.com/i).first()).toBeVisible()
    const history = await (await page.request.get(`${app.url}/api/v1/executions/${runId}/history`)).json()
    const draft = history.steps.find((step: { step_id: string }) => step.step_id === 'generate_draft')
    expect(draft).toMatchObject({ status: 'completed', attempt: 1 })
    expect(draft.ai_calls).toHaveLength(2)
    expect(draft.ai_calls[0].violations.length).toBeGreaterThan(0)
    expect(draft.ai_calls[1].violations).toEqual([])
  })

  await test.step('her manager opens the mailed link, reads and decides in two steps; opening decides nothing', async () => {
    const link = await mailedLink(page, app, runId, 'manager@company.com', 'approve')
    expect((await page.request.get(link)).status()).toBe(200)
    expect((await page.request.head(link)).status()).toBeLessThan(400)
    const manager = await (await browser.newContext()).newPage()
    await manager.goto(link)
    await expect(manager.getByText('AI for developers').first()).toBeVisible()
    await expect(manager.getByRole('radio', { name: /approve/i })).toBeChecked()
    await manager.getByRole('textbox', { name: /comment/i }).fill('Fine by me')
    await manager.getByRole('button', { name: /continue|next/i }).click()
    await manager.getByRole('button', { name: 'Confirm approval' }).click()
    await expect(manager.getByText(/approved/i).first()).toBeVisible()
    await manager.goto(link)
    await expect(manager.getByText(/manager@company\.com/).first()).toBeVisible()
    await expect(manager.getByText(/approved/i).first()).toBeVisible()
    await manager.context().close()
  })

  await test.step('the post is in the CMS once, with the key; the page and the history agree', async () => {
    await expect(page.getByText(/completed/i).first()).toBeVisible()
    expect(cms.received).toHaveLength(1)
    expect(cms.received[0]).toMatchObject({
      method: 'POST',
      path: '/api/posts',
      headers: { authorization: 'Bearer canary-cms-key' },
    })
    expect(cms.received[0]?.headers['idempotency-key']).toBe(`${runId}:root:publish_to_cms:1:0`)
    const history = await (await page.request.get(`${app.url}/api/v1/executions/${runId}/history`)).json()
    expect(history.steps.map((s: { step_id: string; status: string }) => `${s.step_id} ${s.status}`)).toEqual([
      'collect_brief completed',
      'generate_draft completed',
      'check_score completed',
      'manager_approval completed',
      'publish_to_cms completed',
    ])
    expect(JSON.stringify(history)).toContain('Fine by me')
    expect(JSON.stringify(history)).not.toContain('canary-cms-key')
  })
})
