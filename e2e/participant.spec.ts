import { type Browser, expect, type Page, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { author, run, setUp } from './journeys.ts'

const INTAKE = `name: Visitor registration
steps:
  - id: visitor
    type: form
    title: Register your visit
    public: true
    fields:
      - {key: full_name, label: Full name, type: text, required: true}
      - {key: email, label: E-mail, type: email, required: true}
      - {key: guests, label: Guests, type: integer, min: 0, max: 5, default: 1}
      - {key: badge, label: Badge code, type: text, pattern: "^[A-Z]{2}-[0-9]{3}$"}
      - {key: topic, label: Topic, type: select, options: [tour, interview, delivery], required: true}
  - id: host_agrees
    type: approval
    approvers: [host@company.com]
`

let app: RunningApp
let office: Page
let workflow = ''

test.beforeAll(async ({ browser }) => {
  app = await startApp()
  office = await (await browser.newContext()).newPage()
  await setUp(office, app)
  workflow = await author(office, app, INTAKE)
})
test.afterAll(() => app.stop())

/** Starts a run and answers its id and the form's public link. */
async function invite(): Promise<{ runId: string; link: string }> {
  await office.goto(`${app.url}/workflows/${workflow}`)
  const runId = await run(office)
  const { waits } = await (await office.request.get(`${app.url}/api/v1/executions/${runId}`)).json()
  return { runId, link: waits[0].form.link ?? waits[0].link }
}

async function visitor(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
  return context.newPage()
}

const outputs = async (runId: string) => {
  const history = await (await office.request.get(`${app.url}/api/v1/executions/${runId}/history`)).json()
  return history.steps[0].output
}

for (const javaScript of [false, true]) {
  test(`a visitor fills in the form on a phone ${javaScript ? 'with' : 'without'} JavaScript`, async ({ browser }) => {
    const { runId, link } = await invite()
    const page = await visitor(browser, javaScript)
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'Register your visit' })).toBeVisible()
    await expect(page.getByLabel('Guests')).toHaveValue('1')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)

    // The browser's own checks would keep a wrong answer back; the server is what must hold.
    await page.locator('form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''))
    await page.getByLabel('Full name').fill('Ada Lovelace')
    await page.getByLabel('E-mail').fill('ada')
    await page.getByLabel('Badge code').fill('nope')
    await page.getByLabel('Guests').fill('9')
    await page.getByRole('button', { name: 'Submit' }).click()

    const summary = page.getByRole('alert').first()
    for (const field of ['E-mail', 'Badge code', 'Guests', 'Topic']) await expect(summary).toContainText(field)
    await expect(page.getByLabel('Full name')).toHaveValue('Ada Lovelace')
    await expect(page.getByLabel('Badge code')).toHaveValue('nope')

    await page.getByLabel('E-mail').fill('ada@example.org')
    await page.getByLabel('Badge code').fill('AL-100')
    await page.getByLabel('Guests').fill('2')
    await page.getByRole('radio', { name: 'tour' }).check()
    await page.getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('your answers have arrived')).toBeVisible()
    expect(await outputs(runId)).toEqual({
      full_name: 'Ada Lovelace',
      email: 'ada@example.org',
      guests: 2,
      badge: 'AL-100',
      topic: 'tour',
    })

    await page.goto(link)
    await expect(page.getByText('was submitted')).toBeVisible()
    await page.context().close()
  })
}

test('two clicks at once are one submission', async ({ browser }) => {
  const { runId, link } = await invite()
  const page = await visitor(browser, true)
  await page.goto(link)
  await page.getByLabel('Full name').fill('Grace Hopper')
  await page.getByLabel('E-mail').fill('grace@example.org')
  await page.getByRole('radio', { name: 'interview' }).check()
  await page.getByRole('button', { name: 'Submit' }).dblclick()
  await expect(page.getByText('your answers have arrived')).toBeVisible()
  const history = await (await office.request.get(`${app.url}/api/v1/executions/${runId}/history`)).json()
  expect(history.events.filter((event: { type: string }) => event.type === 'step.completed')).toHaveLength(1)
})

test('a canceled run says so to who comes late', async ({ browser }) => {
  const { link } = await invite()
  await office.getByRole('button', { name: 'Cancel', exact: true }).click()
  await office
    .getByRole('dialog')
    .getByRole('button', { name: /cancel (the )?run/i })
    .click()
  await expect(office.getByText('Canceled').first()).toBeVisible()
  const page = await visitor(browser, true)
  await page.goto(link)
  await expect(page.getByText('no longer needed').first()).toBeVisible()
  await page.goto(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)
  await expect(page.getByText('There is no form here')).toBeVisible()
})
