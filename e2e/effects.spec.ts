import { expect, type Page, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { publish, run, setUp } from './journeys.ts'
import { type Sink, startSink } from './sink.ts'

const pay = (bank: string) => `name: Pay the bill
steps:
  - id: pay
    name: Pay
    type: api_call
    method: POST
    url: ${bank}/payments
    body: {amount: 12}
`

let app: RunningApp
let bank: Sink
test.beforeAll(async () => {
  bank = await startSink()
  app = await startApp()
})
test.afterAll(async () => {
  await app.stop()
  await bank.close()
})

const panel = (page: Page) => page.getByRole('region', { name: 'Not known: Pay' })

async function say(page: Page, url: string, choice: string): Promise<void> {
  await page.goto(url)
  await expect(panel(page)).toContainText('It is not known whether Pay happened.')
  await expect(panel(page)).toContainText('/payments')
  await panel(page).getByRole('button', { name: choice }).click()
}

test('whoever knows says what became of what was sent when the worker died before the answer', async ({ page }) => {
  test.setTimeout(240_000)
  await setUp(page, app)
  const workflow = await publish(page, app, pay(bank.url))
  bank.silence(true)
  const urls: string[] = []
  for (let i = 1; i <= 3; i += 1) {
    await page.goto(`${app.url}/workflows/${workflow}`)
    await run(page)
    urls.push(page.url())
    await expect.poll(() => bank.received.length).toBe(i)
  }
  const [happened = '', failed = '', again = ''] = urls

  await test.step('the worker is killed between sending and the answer; the next one does not send again', async () => {
    for (const pid of app.pids('worker')) process.kill(pid, 'SIGKILL')
    await expect(panel(page)).toBeVisible({ timeout: 60_000 })
    expect(bank.received).toHaveLength(3)
  })
  bank.silence(false)

  await test.step('it happened: the run goes on with the result that is told', async () => {
    await say(page, happened, 'It happened…')
    const dialog = page.getByRole('dialog', { name: 'It happened?' })
    await dialog.getByLabel(/Its result as JSON/).fill('{"status": 201, "body": {"id": 17}}')
    await dialog.getByRole('button', { name: 'It happened' }).click()
    await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible()
    await expect(panel(page)).toBeHidden()
  })

  await test.step('it failed: the run fails for the reason that is told', async () => {
    await say(page, failed, 'It failed…')
    const dialog = page.getByRole('dialog', { name: 'It failed?' })
    await dialog.getByLabel(/Reason/).fill('The bank has nothing of it.')
    await dialog.getByRole('button', { name: 'It failed' }).click()
    await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('The bank has nothing of it.')
  })
  expect(bank.received).toHaveLength(3)

  await test.step('send it again: it goes out once more with the same key', async () => {
    await say(page, again, 'Send it again…')
    await page.getByRole('dialog', { name: 'Send it again?' }).getByRole('button', { name: 'Send it again' }).click()
    await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible()
    expect(bank.received).toHaveLength(4)
    const keys = bank.received.map(({ headers }) => headers['idempotency-key'])
    expect(keys.at(3)).toBe(keys.at(2))
    expect(new Set(keys).size).toBe(3)
  })
})
