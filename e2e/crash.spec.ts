import { expect, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { author, blogPost, mailedLink, run, setUp } from './journeys.ts'
import { type Model, startModel } from './model.ts'
import { type Sink, startSink } from './sink.ts'

let app: RunningApp
let cms: Sink
let model: Model

test.beforeAll(async () => {
  cms = await startSink()
  model = await startModel({
    title: 'Runs that do not forget',
    body: 'It goes on exactly where it stood.',
    quality_score: 70,
  })
  app = await startApp({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'local', SCAFF_SECRET_CMS_API_KEY: 'canary-cms-key' },
  })
})
test.afterAll(async () => {
  await app.stop()
  await cms.close()
  await model.close()
})

test('a run survives that its worker dies in the AI step and everything dies during the approval', async ({
  page,
  browser,
}) => {
  await setUp(page, app)
  await author(page, app, blogPost(cms.url))
  const runId = await run(page)
  await page.getByRole('radio', { name: 'developers' }).check()
  await page.getByLabel('Topic').fill('Durable runs')
  await page.getByRole('button', { name: 'Submit' }).click()

  await test.step('the worker is killed while the model thinks; the next one asks again with the same key', async () => {
    await expect.poll(() => model.asked.length).toBe(1)
    for (const pid of app.pids('worker')) process.kill(pid, 'SIGKILL')
    await expect.poll(() => model.asked.length, { timeout: 15_000 }).toBe(2)
    expect(new Set(model.asked).size).toBe(1)
    model.answer()
    await expect(page.getByText(/waiting for manager@company\.com/i).first()).toBeVisible()
  })

  const link = await mailedLink(page, app, runId, 'manager@company.com', 'approve')

  await test.step('everything is killed; the next start is ready soon and has lost nothing', async () => {
    await app.killAll()
    app = await app.restart()
    expect(app.setupLink).toBeNull()
    await page.reload()
    await expect(page.getByText(/waiting for manager@company\.com/i).first()).toBeVisible()
  })

  await test.step('the link that was mailed before still decides, once', async () => {
    const manager = await (await browser.newContext()).newPage()
    await manager.goto(link)
    await manager.getByRole('button', { name: 'Continue' }).click()
    await manager.getByRole('button', { name: 'Confirm approval' }).click()
    await expect(manager.getByText(/approved/i).first()).toBeVisible()
    await manager.context().close()
  })

  await test.step('the post is in the CMS once, and no step was done twice', async () => {
    await expect(page.getByText(/completed/i).first()).toBeVisible()
    expect(cms.received.map(({ body }) => body)).toEqual([
      { title: 'Runs that do not forget', content: 'It goes on exactly where it stood.' },
    ])
    const history = await (await page.request.get(`${app.url}/api/v1/executions/${runId}/history`)).json()
    expect(
      history.steps.map(
        (s: { step_id: string; status: string; attempt: number }) => `${s.step_id} ${s.status} ${s.attempt}`,
      ),
    ).toEqual([
      'collect_brief completed 1',
      'generate_draft completed 1',
      'check_score completed 1',
      'manager_approval completed 1',
      'publish_to_cms completed 1',
    ])
  })
})
