import { expect, type Page, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { publish, run, SARAH, setUp } from './journeys.ts'

/** A rest, two approvals side by side, and a step for each of three people. */
const LAUNCH = `name: Launch a product
steps:
  - id: cool_off
    name: Let it rest
    type: delay
    for: 4s
  - id: checks
    name: Have it checked
    type: parallel
    branches:
      legal:
        - id: legal_review
          name: Legal review
          type: approval
          approvers: [${SARAH.email}]
          self_approval: true
      price:
        - id: price_review
          name: Price review
          type: approval
          approvers: [${SARAH.email}]
          self_approval: true
  - id: notices
    name: Tell everybody
    type: for_each
    items: "['Ada', 'Grace', 'Linus']"
    as: person
    steps:
      - id: notice
        name: Write a notice
        type: set
        values: {text: "{{ person }}"}
`

let app: RunningApp
let page: Page
let workflow: string
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  app = await startApp()
  page = await (await browser.newContext()).newPage()
  await setUp(page, app)
  workflow = await publish(page, app, LAUNCH)
})
test.afterAll(() => app.stop())

const row = (name: string) => page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name })

async function approve(title: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'What it waits for' }).filter({ hasText: title })
  await panel.getByRole('button', { name: /^Approve/ }).click()
  await panel.getByRole('button', { name: 'Confirm approval' }).click()
  await expect(panel).toBeHidden()
}

async function runIds(): Promise<string[]> {
  const answer = await page.request.get(`${app.url}/api/v1/executions?workflow_id=${workflow}`)
  const { runs } = (await answer.json()) as { runs: { run_id: string }[] }
  return runs.map(({ run_id }) => run_id)
}

for (const [first, second] of [
  ['Legal review', 'Price review'],
  ['Price review', 'Legal review'],
] as const) {
  test(`a run rests, waits for two people at once, goes on when both decided (${first} first), and does a step for each item`, async () => {
    await page.goto(`${app.url}/workflows/${workflow}`)
    await run(page)

    await test.step('it says until when it rests', async () => {
      await expect(page.getByRole('region', { name: 'Why it stands still' })).toContainText(/It rests until/)
      await expect(row('Let it rest')).toContainText(/until/)
    })

    await test.step('both branches ask, and one decision leaves the other open', async () => {
      await expect(page.getByRole('region', { name: 'What it waits for' })).toHaveCount(2)
      await expect(row('Legal review')).toContainText('legal')
      await expect(row('Price review')).toContainText('price')
      await approve(first)
      await expect(page.getByRole('region', { name: 'What it waits for' })).toHaveCount(1)
      await expect(row('Tell everybody')).toHaveCount(0)
    })

    await test.step('the other one lets it go on, with each of the items in its order', async () => {
      await approve(second)
      await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible()
      await expect(row('Write a notice')).toHaveText([/item 1/, /item 2/, /item 3/])
    })

    await test.step('the graph tells which ways were taken, into the branches and out of them', async () => {
      await page.getByRole('link', { name: 'Graph' }).click()
      await page.getByText('The graph as a list').click()
      const list = page.locator('details').filter({ hasText: 'The graph as a list' })
      for (const way of ['Branch legal: Legal review (taken)', 'Branch price: Price review (taken)'])
        await expect(list.getByText(way)).toBeVisible()
      await expect(list.getByText('Then: Tell everybody (taken)')).toHaveCount(2)
      await expect(list.getByText('For each item: Write a notice (taken)')).toBeVisible()
      await expect(list.getByText('If no items: the end')).toHaveCount(0)
    })
  })
}

test('another run begins at a step of this one, and only one, however often it is pressed', async () => {
  const before = await runIds()
  const [origin = ''] = before
  await page.goto(`${app.url}/runs/${origin}`)
  await row('Tell everybody').click()
  await page.getByRole('button', { name: 'Start another run from here…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start another run from here' })
  await expect(dialog).toContainText('It begins at “Tell everybody”')
  await dialog.getByRole('button', { name: 'Start the run' }).dblclick()

  await page.waitForURL((url) => !url.pathname.endsWith(origin))
  await expect(page.getByText('Branched off')).toContainText(`Branched off ${origin} at Tell everybody`)
  await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible()
  await expect(row('Write a notice')).toHaveCount(3)
  await expect(row('Legal review')).toHaveCount(0)
  expect(await runIds()).toHaveLength(before.length + 1)

  await page.getByRole('link', { name: origin }).click()
  await expect(row('Legal review')).toBeVisible()
})
