import { expect, type Locator, type Page, test } from '@playwright/test'
import { SARAH } from './journeys.ts'
import { startWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
let waiting: readonly string[]

test.beforeAll(async ({ browser }) => {
  workspace = await startWorkspace(browser)
  // With the one that is there: four to decide.
  for (const topic of ['Second', 'Third', 'Fourth']) await ask(topic)
  waiting = await pending()
  expect(waiting).toHaveLength(4)
})
test.afterAll(() => workspace.stop())

async function ask(topic: string): Promise<void> {
  const { run_id } = await workspace.call<{ run_id: string }>('POST', '/executions', {
    workflow_id: workspace.workflow,
  })
  const { resume_token } = await workspace.call<{ resume_token: string }>('GET', `/executions/${run_id}?wait=20`)
  const inputs = { topic, audience: 'developers', words: 600 }
  await workspace.call('POST', `/executions/${run_id}/resume`, { resume_token, inputs })
  await workspace.call('GET', `/executions/${run_id}?wait=20`)
}

interface Row {
  readonly id: string
}

async function pending(): Promise<readonly string[]> {
  const { approvals } = await workspace.call<{ approvals: Row[] }>('GET', '/approvals?scope=mine&status=pending')
  return approvals.map(({ id }) => id)
}

/** Tab until it has the focus: what cannot be reached by keyboard fails here. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`not reached by ${most} tabs`)
}

test('requests are decided by keyboard only, from signing in to the last one', async ({ browser }) => {
  const { app } = workspace
  const page = await (await browser.newContext()).newPage()
  const decided: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && /approvals\.decide/.test(request.url())) decided.push(request.url())
  })

  await test.step('sign in', async () => {
    await page.goto(`${app.url}/login`)
    await tabTo(page, page.getByLabel('E-mail address'))
    await page.keyboard.type(SARAH.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(SARAH.password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  })

  await test.step('the first tab of a page skips the navigation', async () => {
    await page.goto(app.url)
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('#content')).toBeFocused()
  })

  await test.step('the palette leads to the inbox, and Escape gives the focus back', async () => {
    const search = page.getByRole('button', { name: /search/i }).first()
    await search.focus()
    await page.keyboard.press('ControlOrMeta+K')
    await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(search).toBeFocused()
    await page.keyboard.press('ControlOrMeta+K')
    await page.keyboard.type('inbox')
    await expect(page.getByRole('option', { selected: true })).toContainText('Inbox')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/inbox/)
  })

  const rows = page.getByRole('list', { name: 'Requests' })
  const current = rows.locator('[aria-current=true]')
  const openRequest = page.getByRole('region', { name: 'The open request' })

  await test.step('j and k move', async () => {
    await expect(rows.getByRole('listitem')).toHaveCount(4)
    const links = await rows.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    await expect(current).toHaveAttribute('href', links[0] ?? '')
    await page.keyboard.press('j')
    await expect(current).toHaveAttribute('href', links[1] ?? '')
    await page.keyboard.press('j')
    await expect(current).toHaveAttribute('href', links[2] ?? '')
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await expect(current).toHaveAttribute('href', links[0] ?? '')
  })

  await test.step('a opens the decision; letters typed into the comment stay letters', async () => {
    const before = await current.getAttribute('href')
    await expect(openRequest.getByRole('button', { name: /^Approve/ })).toBeVisible()
    await page.keyboard.press('a')
    const comment = openRequest.getByRole('textbox', { name: /Comment/ })
    await expect(comment).toBeFocused()
    await page.keyboard.type('jack a rare xeno? g i')
    await expect(comment).toHaveValue('jack a rare xeno? g i')
    await expect(current).toHaveAttribute('href', before ?? '')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(page.url()).toContain('/inbox')
    expect(decided).toEqual([])
    await page.keyboard.press('Escape')
    await expect(openRequest.getByRole('button', { name: /^Approve/ })).toBeFocused()
  })

  await test.step('comment and confirm; the next one is open', async () => {
    const first = await current.getAttribute('href')
    await page.keyboard.press('a')
    await expect(openRequest.getByRole('textbox', { name: /Comment/ })).toBeFocused()
    await page.keyboard.type('Good as it is')
    await page.keyboard.press('Control+Enter')
    await expect(rows.getByRole('listitem')).toHaveCount(3)
    await expect(current).not.toHaveAttribute('href', first ?? '')
    await expect(openRequest.getByRole('button', { name: /^Approve/ })).toBeVisible()
    expect(decided).toHaveLength(1)
  })

  await test.step('r rejects with a reason', async () => {
    await page.keyboard.press('r')
    await expect(openRequest.getByRole('textbox', { name: /Comment/ })).toBeFocused()
    await page.keyboard.type('Off topic')
    await tabTo(page, openRequest.getByRole('button', { name: 'Confirm rejection' }), 5)
    await page.keyboard.press('Enter')
    await expect(rows.getByRole('listitem')).toHaveCount(2)
  })

  await test.step('both are recorded with what was written', async () => {
    const left = await pending()
    const gone = waiting.filter((id) => !left.includes(id))
    expect(gone).toHaveLength(2)
    const told = await Promise.all(gone.map((id) => workspace.call<object>('GET', `/approvals/${id}`)))
    expect(JSON.stringify(told)).toContain('Good as it is')
    expect(JSON.stringify(told)).toContain('Off topic')
  })

  await test.step('the help says the keys, and closes to where one was', async () => {
    await page.keyboard.press('Shift+?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
  await page.context().close()
})

test('a run is read and canceled by keyboard; dialogs give the focus back', async () => {
  const { page, app, runs } = workspace
  await page.goto(`${app.url}/runs/${runs.completed}`)
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
  const panel = (name: string) => page.getByRole('complementary', { name: `Step ${name}` })
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(panel('Collect the brief')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('j')
  await expect(panel('Draft the post')).toBeVisible()
  await page.keyboard.press('k')
  await expect(panel('Collect the brief')).toBeVisible()
  expect(page.url()).toContain('step=brief')
  await page.keyboard.press('Escape')
  await expect(panel('Collect the brief')).toHaveCount(0)

  await page.goto(`${app.url}/runs/${runs.form}`)
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
  await tabTo(page, cancel)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(cancel).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  await page.keyboard.type('Not needed any more')
  await tabTo(page, dialog.getByRole('button', { name: /cancel (the )?run/i }), 6)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('Not needed any more')
})
