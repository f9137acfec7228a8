import { type CDPSession, expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { startWorkspace, type Workspace } from './workspace.ts'

const ATTEMPTS = 10_000
/** There are only the rows in sight and a few around them. */
const MAX_ROWS = 120
/** The page comes with the first attempts of a long run, and the rest in parts. */
const MAX_PAGE_BYTES = 1_000_000
const MAX_PART_BYTES = 600_000
/** What is told when the run goes on: the run and what changed, not what is known. */
const MAX_NEWS_BYTES = 20_000
const CPU_SLOWDOWN = 4

let workspace: Workspace
test.beforeAll(async ({ browser }) => {
  workspace = await startWorkspace(browser)
})
test.afterAll(() => workspace.stop())

/** Makes a waiting run long, as if it had gone round many times before. */
async function lengthen(run_id: string): Promise<void> {
  const sql = postgres(workspace.app.databaseUrl(), { max: 1, onnotice: () => {} })
  await sql.begin(async (tx) => {
    const [{ seq } = { seq: 0 }] = await tx<{ seq: number }[]>`
      select (state->>'seq')::int as seq from runs where id = ${run_id}`
    await tx`
      insert into run_steps (run_id, epoch, path, step_id, visit, attempt, type, status, seq, input, output, source, started_at, began_at, ended_at)
      select run_id, epoch, path, 'draft', n, 1, 'ai_generate', 'completed', ${seq} + n, '{"prompt":"Write"}', '{"title":"A"}', 'ai',
             started_at + n * interval '100 ms', started_at + n * interval '100 ms' + interval '5 ms', started_at + n * interval '100 ms' + interval '80 ms'
      from run_steps, generate_series(1, ${ATTEMPTS - 1}) as n where run_id = ${run_id} and step_id = 'brief'`
    await tx`
      insert into run_events (run_id, seq, epoch, type, at, step_id, path, data)
      select ${run_id}, ${seq} + n, 0, 'step.completed', now(), 'draft', 'root', '{}' from generate_series(1, ${ATTEMPTS - 1}) as n`
    await tx`
      update runs set state = jsonb_set(state::jsonb, '{seq}', to_jsonb(${seq + ATTEMPTS - 1}::int))::json where id = ${run_id}`
  })
  await sql.end()
}

test('a run of 10,000 attempts opens, scrolls and goes on as a short one does', async ({ browser }) => {
  test.setTimeout(300_000)
  const { app, call } = workspace
  const run_id = workspace.runs.form
  await lengthen(run_id)
  const context = await browser.newContext({ storageState: await workspace.page.context().storageState() })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  const parts = countParts(page)
  const began = Date.now()
  const answer = await page.goto(`${app.url}/runs/${run_id}`, { waitUntil: 'commit' })
  const rows = page.locator('[data-attempt]')
  await expect(rows.first()).toBeVisible()
  const firstRows = Date.now() - began
  const list = page.getByRole('list', { name: `${ATTEMPTS} attempts` })
  await expect(list).toBeVisible()
  const allKnown = Date.now() - began
  const pageBytes = (await answer?.body())?.length ?? 0
  const toldBytes = parts.sizes()

  const frames = await scrollThrough(page)
  await expect(rows.last()).toBeVisible()
  const there = await rows.count()
  const heap = await heapMb(cdp)

  parts.forget()
  const { resume_token } = await call<{ resume_token: string }>('GET', `/executions/${run_id}`)
  const inputs = { topic: 'Long runs', audience: 'developers', words: 600 }
  await call('POST', `/executions/${run_id}/resume`, { resume_token, inputs })
  await expect(page.getByText('To decide').first()).toBeVisible({ timeout: 30_000 })
  const newsBytes = parts.sizes()
  console.log(JSON.stringify({ firstRows, allKnown, pageBytes, toldBytes, ...frames, there, heap_mb: heap, newsBytes }))
  expect(there).toBeLessThan(MAX_ROWS)
  expect(pageBytes).toBeLessThan(MAX_PAGE_BYTES)
  expect(Math.max(...toldBytes)).toBeLessThan(MAX_PART_BYTES)
  expect(newsBytes.length).toBeGreaterThan(0)
  expect(Math.max(...newsBytes)).toBeLessThan(MAX_NEWS_BYTES)
  await context.close()
})

/** The sizes of what is told of the run, before compression. */
function countParts(page: Page): { sizes: () => number[]; forget: () => void } {
  let sizes: number[] = []
  page.on('response', async (response) => {
    if (!response.url().includes('runs.detail')) return
    const body = await response.body().catch(() => null)
    if (body) sizes.push(body.length)
  })
  return {
    sizes: () => [...sizes],
    forget: () => {
      sizes = []
    },
  }
}

/** Scrolls from the first attempt to the last, a screen for each frame at most; how long the frames took. */
function scrollThrough(page: Page): Promise<{ frames: number; p50: number; p95: number; worst: number }> {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const times: number[] = []
        let before = performance.now()
        const step = (now: number) => {
          times.push(now - before)
          before = now
          const end = document.documentElement.scrollHeight - window.innerHeight
          if (times.length > 300 || window.scrollY >= end - 1) {
            window.scrollTo(0, end)
            const sorted = times.slice(1).sort((a, b) => a - b)
            const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0)
            done({ frames: sorted.length, p50: at(0.5), p95: at(0.95), worst: at(1) })
            return
          }
          window.scrollTo(0, window.scrollY + (times.length < 150 ? 120 : end / 150))
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
  )
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('Performance.enable')
  const { metrics } = await cdp.send('Performance.getMetrics')
  return Math.round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6)
}
