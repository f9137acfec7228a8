import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { startWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
test.beforeAll(async ({ browser }) => {
  workspace = await startWorkspace(browser)
})
test.afterAll(() => workspace.stop())

/** A run of the workspace's workflow that waits for its form; what it takes to answer it. */
async function waitingRun(): Promise<{ id: string; answer: () => Promise<void> }> {
  const { call, workflow } = workspace
  const { run_id } = await call<{ run_id: string }>('POST', '/executions', { workflow_id: workflow })
  const { resume_token } = await call<{ resume_token: string }>('GET', `/executions/${run_id}?wait=20`)
  const inputs = { topic: 'Live', audience: 'developers', words: 600 }
  return {
    id: run_id,
    answer: async () => void (await call('POST', `/executions/${run_id}/resume`, { resume_token, inputs })),
  }
}

const waitsFor = (page: Page) => page.getByRole('region', { name: 'What it waits for' })

test('a run that is open in two tabs follows what happens elsewhere within a second, over one connection', async ({
  browser,
}) => {
  const { app } = workspace
  const context = await browser.newContext({ storageState: await workspace.page.context().storageState() })
  const streams = countStreams(context)
  const tabs = [await context.newPage(), await context.newPage()]
  const times: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const run = await waitingRun()
    for (const tab of tabs) {
      await tab.goto(`${app.url}/runs/${run.id}`)
      await expect(waitsFor(tab)).toContainText('To fill in')
    }
    await expect.poll(() => streams.open).toBe(1)
    // The decision's commit is the beginning; both tabs are watched from within, without a round trip in between.
    const seen = tabs.map((tab) =>
      tab.evaluate(
        () =>
          new Promise<number>((done) => {
            const look = () => {
              const panel = document.querySelector('[aria-label="What it waits for"]')
              if (panel?.textContent?.includes('To fill in')) return requestAnimationFrame(look)
              done(Date.now())
            }
            look()
          }),
      ),
    )
    await run.answer()
    const answered = Date.now()
    times.push(Math.max(...(await Promise.all(seen))) - answered)
    for (const tab of tabs) await expect(waitsFor(tab)).toContainText('To decide')
  }
  console.log(`both tabs followed after ${times.join(', ')} ms; ${streams.open} stream open`)
  expect(Math.min(...times)).toBeLessThanOrEqual(1_000)
  expect(streams.open).toBe(1)
  await context.close()
})

test('the page says when the connection is cut, and catches up when it is back', async ({ browser }) => {
  const { app } = workspace
  const context = await browser.newContext({ storageState: await workspace.page.context().storageState() })
  const page = await context.newPage()
  const run = await waitingRun()
  const streams = countStreams(context)
  await page.goto(`${app.url}/runs/${run.id}`)
  await expect(waitsFor(page)).toContainText('To fill in')
  await expect.poll(() => streams.open).toBe(1)
  // The form's code comes by itself, after the page.
  await expect(waitsFor(page).getByRole('button', { name: 'Submit' })).toBeVisible()
  // Being offline keeps new connections back; the one that is open ends with the server, which is started again at once.
  await context.setOffline(true)
  for (const pid of app.pids('web')) process.kill(pid, 'SIGKILL')
  const banner = page.getByText('No connection.')
  await expect(banner).toBeVisible()
  await expect(() => run.answer()).toPass({ timeout: 30_000 })
  await expect(waitsFor(page)).toContainText('To fill in')
  await context.setOffline(false)
  await expect(banner).toHaveCount(0)
  await expect(waitsFor(page)).toContainText('To decide')
  await context.close()
})

/** How many event streams the browser holds open at the moment. */
function countStreams(context: BrowserContext): { readonly open: number } {
  const open = new Set<object>()
  const isStream = (url: string) => url.includes('/executions/events')
  context.on('request', (request) => isStream(request.url()) && open.add(request))
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  return {
    get open() {
      return open.size
    },
  }
}
