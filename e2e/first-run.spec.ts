import { expect, type Locator, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { setUp } from './journeys.ts'

let app: RunningApp
test.beforeAll(async () => {
  app = await startApp()
})
test.afterAll(() => app.stop())

test('a newcomer sees the whole loop in under five minutes, without a setting, each step by one button', async ({
  page,
}) => {
  let clicks = 0
  const click = async (what: Locator) => {
    await what.click()
    clicks += 1
  }
  const card = page.getByRole('region', { name: 'See the whole loop in a few minutes' })
  const dock = page.getByRole('region', { name: 'Tour' })
  const began = Date.now()
  await setUp(page, app)
  clicks += 1

  await test.step('what waits is said, and that the mock writes', async () => {
    await expect(card).toContainText('No AI key is needed')
    await expect(card.locator('[aria-current=step]')).toHaveCount(1)
    await expect(buttons(card)).toHaveCount(1)
  })
  await test.step('editor', async () => {
    await click(card.getByRole('link', { name: 'Open the editor' }))
    await page.waitForURL(/\/workflows\/wf_[a-z0-9]+\/edit/)
    await expect(dock).toContainText('Step 2 of 6')
  })
  await test.step('run', async () => {
    await click(dock.getByRole('button', { name: 'Start a run' }))
    await page.waitForURL(/\/runs\/run_[a-z0-9]+/)
  })
  await test.step('form', async () => {
    await click(dock.getByRole('link', { name: 'Open the form' }))
    await page.waitForURL(/\/forms\//)
    await click(page.getByRole('button', { name: 'Submit' }))
  })
  await test.step('mail', async () => {
    await click(dock.getByRole('link', { name: 'Open the Outbox' }))
    await page.waitForURL(/\/outbox\?run_id=/)
    await expect(
      page
        .frameLocator('iframe')
        .getByText(/approve/i)
        .first(),
    ).toBeVisible()
  })
  await test.step('approval', async () => {
    await click(dock.getByRole('link', { name: 'Open the approval' }))
    await page.waitForURL(/\/inbox\//)
    await click(page.getByRole('button', { name: /^Approve/ }))
    await click(page.getByRole('button', { name: 'Confirm approval' }))
  })
  await test.step('timeline', async () => {
    await click(dock.getByRole('link', { name: 'Open the timeline' }))
    await page.waitForURL(/\/runs\/run_[a-z0-9]+/)
    await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Draft the answer')
    await expect(page.getByText('approved, ready to send').first()).toBeVisible()
    await expect(dock).toContainText('That was the whole loop')
  })
  const seconds = (Date.now() - began) / 1000
  console.log(`first run: ${clicks} clicks, ${seconds.toFixed(1)} s from the set-up link on`)
  expect(clicks).toBeLessThanOrEqual(12)
  expect(seconds).toBeLessThan(300)

  await test.step('what leads on puts the tour away for good', async () => {
    await dock.getByRole('link', { name: 'Browse blueprints' }).click()
    await page.waitForURL(/\/workflows\/new/)
    await expect(dock).toHaveCount(0)
    await page.goto(app.url)
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
    await expect(page.getByLabel(/^Loading/)).toHaveCount(0)
    await expect(card).toHaveCount(0)
    await page.goto(`${app.url}/runs`)
    await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible()
    await expect(page.getByLabel(/^Loading/)).toHaveCount(0)
    await expect(dock).toHaveCount(0)
    const guide = await page.request.get(`${app.url}/api/trpc/guide.get`)
    expect(await guide.json()).toMatchObject({ result: { data: { tour: null } } })
  })
})

/** What leads on: of several one would have to choose. */
function buttons(within: Locator): Locator {
  return within.locator('li').locator('a, button')
}
