import { type Browser, expect, type Page, test } from '@playwright/test'
import { mailedLink, SARAH } from './journeys.ts'
import { startWorkspace, type Workspace } from './workspace.ts'

const STORY = `name: Visitor registration
steps:
  - id: visitor
    type: form
    title: Register your visit
    description: We print a badge for you.
    public: true
    assignee: visitor@example.org
    fields:
      - {key: full_name, label: Full name, type: text, required: true}
      - {key: guests, label: Guests, type: integer, min: 0, max: 5, default: 1}
      - {key: purpose, label: Why you come, type: select, options: [tour, interview, delivery], required: true}
  - id: host_agrees
    type: approval
    approvers: [manager@company.com]
    message: "{{ full_name }} would like to come in."
`

let workspace: Workspace
let runId = ''

test.beforeAll(async ({ browser }) => {
  workspace = await startWorkspace(browser)
  const { id } = await workspace.call<{ id: string }>('POST', '/workflows', { yaml: STORY })
  runId = (await workspace.call<{ run_id: string }>('POST', '/executions', { workflow_id: id })).run_id
})
test.afterAll(() => workspace.stop())

async function phone(browser: Browser, signedIn = false): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    ...(signedIn ? { storageState: await workspace.page.context().storageState() } : {}),
  })
  return context.newPage()
}

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
}

test('a visitor goes from the mail over the form to the receipt on a phone', async ({ browser }) => {
  const link = await mailedLink(workspace.page, workspace.app, runId, 'visitor@example.org', 'form')
  const page = await phone(browser)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Register your visit' })).toBeVisible()
  await expect(page.getByText('We print a badge for you.')).toBeVisible()
  await fits(page)
  await page.getByRole('button', { name: 'Submit' }).tap()
  await expect(page.getByRole('alert').first()).toContainText('Full name')
  await fits(page)
  await page.getByLabel('Full name').fill('Ada Lovelace')
  await page.getByText('interview', { exact: true }).tap()
  await expect(page.getByRole('radio', { name: 'interview' })).toBeChecked()
  const submit = page.getByRole('button', { name: 'Submit' })
  expect((await submit.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await submit.tap()
  await expect(page.getByText('your answers have arrived')).toBeVisible()
  for (const answer of ['Ada Lovelace', '1', 'interview'])
    await expect(page.getByText(answer, { exact: true })).toBeVisible()
  await fits(page)
  await page.context().close()
})

test('her manager approves by the mailed link on a phone', async ({ browser }) => {
  const link = await mailedLink(workspace.page, workspace.app, runId, 'manager@company.com', 'approve')
  const page = await phone(browser)
  await page.goto(link)
  await expect(page.getByText('Ada Lovelace would like to come in.')).toBeVisible()
  await fits(page)
  await expect(page.getByRole('radio', { name: /approve/i })).toBeChecked()
  await page.getByRole('textbox', { name: /comment/i }).fill('She is expected')
  await page.getByRole('button', { name: 'Continue' }).tap()
  await expect(page.getByText('You are about to')).toBeVisible()
  await fits(page)
  await page.getByRole('button', { name: 'Confirm approval' }).tap()
  await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible()
  await expect(page.getByText('She is expected')).toBeVisible()
  const run = await workspace.call<{ status: string }>('GET', `/executions/${runId}?wait=20`)
  expect(run.status).toBe('completed')
  await page.context().close()
})

test('the app itself is walked through on a phone', async ({ browser }) => {
  const page = await phone(browser, true)
  await page.goto(workspace.app.url)
  for (const place of ['Workflows', 'Runs', 'Inbox', 'Outbox', 'Home']) {
    await page.getByRole('button', { name: 'Menu' }).tap()
    const menu = page.getByRole('dialog')
    await expect(menu).toContainText(SARAH.name)
    await menu.getByRole('link', { name: place }).tap()
    await expect(menu).toHaveCount(0)
    await expect(page.getByRole('heading', { name: place, level: 1 })).toBeVisible()
    await expect(page.getByLabel(/^Loading/)).toHaveCount(0)
    await fits(page)
  }

  await test.step('a request is opened from the list and left again', async () => {
    await page.getByRole('link', { name: /^Inbox, 1 waiting/ }).tap()
    await page.getByRole('list', { name: 'Requests' }).getByRole('link').first().tap()
    await expect(page.getByRole('button', { name: /^Approve/ })).toBeInViewport()
    await fits(page)
    await page.getByRole('button', { name: 'Back to the list' }).tap()
    await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
  })

  await test.step('an attempt of a run covers the page and gives it back', async () => {
    await page.goto(`${workspace.app.url}/runs/${workspace.runs.completed}`)
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByRole('button', { name: /Draft the post/ })
      .tap()
    const sheet = page.getByRole('dialog')
    await expect(sheet).toContainText('Draft the post')
    await fits(page)
    await sheet.getByRole('button', { name: 'Close', exact: true }).tap()
    await expect(sheet).toHaveCount(0)
  })
  await page.context().close()
})
