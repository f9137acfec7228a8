import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { author, readText, setUp, writeText } from './journeys.ts'

const TEXT = `name: Visit
start_step: visitor
steps:
  - id: visitor
    type: form
    name: Who comes
    fields:
      - {key: full_name, label: Full name, type: text, required: true}
    next: done
  - id: done
    type: set
    name: Noted
    values: {noted: true}
    next: null
`

let app: RunningApp
let context: BrowserContext
let workflow = ''

test.beforeAll(async ({ browser }) => {
  app = await startApp()
  context = await browser.newContext()
  const page = await context.newPage()
  await setUp(page, app)
  workflow = await author(page, app, TEXT)
  await page.close()
})
test.afterAll(async () => {
  await context.close()
  await app.stop()
})

interface Row {
  readonly version: number
  readonly message: string | null
}

/** The newest first. */
async function versions(): Promise<readonly Row[]> {
  const answer = await context.request.get(`${app.url}/api/v1/workflows/${workflow}/versions`)
  return (await answer.json()).versions
}

async function textOf(version: number): Promise<string> {
  const answer = await context.request.get(`${app.url}/api/v1/workflows/${workflow}?version=${version}`)
  return (await answer.json()).yaml
}

async function openEditor(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${app.url}/workflows/${workflow}/edit`)
  await expect.poll(() => readText(page)).toContain('name: Visit')
  return page
}

async function save(page: Page, from: string, to: string, message: string): Promise<void> {
  await writeText(page, (await readText(page)).replace(from, to))
  await page.getByLabel('What changed').fill(message)
  await page.keyboard.press('ControlOrMeta+S')
}

/** Two tabs on the same version; `theirs` is saved first, then `mine` meets it. Answers my tab with the dialog open. */
async function collide(theirs: readonly [string, string], mine: readonly [string, string], name: string) {
  const [first, second] = [await openEditor(), await openEditor()]
  const [newest] = await versions()
  await first.bringToFront()
  await save(first, ...theirs, `${name}: theirs`)
  await expect(first.getByText(`Version ${(newest?.version ?? 0) + 1}`, { exact: true })).toBeVisible()
  await first.close()
  await second.bringToFront()
  await save(second, ...mine, `${name}: mine`)
  const dialog = second.getByRole('dialog')
  await expect(dialog).toContainText('was saved while you were editing')
  await expect(dialog).toContainText(`${name}: theirs`)
  const lines = dialog.getByRole('region', { name: /^Differences between Theirs/ })
  await expect(lines).toContainText(theirs[1])
  await expect(lines).toContainText(mine[1])
  return { page: second, dialog }
}

test('changes in different places are put together, and saved upon the other version', async () => {
  const { page, dialog } = await collide(
    ['name: Who comes', 'name: Who visits'],
    ['name: Noted', 'name: Written down'],
    'a',
  )
  await dialog.getByRole('button', { name: 'Put my changes into theirs' }).click()
  await expect(dialog.getByText('Nothing is saved yet.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Edit this text' }).click()
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+S')
  await expect(page.getByText('Version 3', { exact: true })).toBeVisible()
  for (const part of ['name: Who visits', 'name: Written down']) expect(await textOf(3)).toContain(part)
  await page.close()
})

test('mine is saved as the newest, and theirs stays in the list of versions', async () => {
  const { page, dialog } = await collide(
    ['name: Who visits', 'name: Their name'],
    ['name: Who visits', 'name: My name'],
    'b',
  )
  await expect(dialog.getByRole('button', { name: 'Keep editing mine' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Save mine as the newest' }).click()
  await expect(page.getByText('Version 5', { exact: true })).toBeVisible()
  expect(await textOf(4)).toContain('name: Their name')
  expect(await textOf(5)).toContain('name: My name')
  await page.close()
})

test('theirs is taken, and mine is brought back when it is wanted after all', async () => {
  const { page, dialog } = await collide(['name: My name', 'name: Their turn'], ['name: My name', 'name: My turn'], 'c')
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(page.getByText('Version 6', { exact: true })).toBeVisible()
  expect(await readText(page)).toContain('name: Their turn')
  await page.reload()
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect.poll(() => readText(page)).toContain('name: My turn')
  await page.close()
})

test('editing goes on where texts cannot be put together, and is saved without another question', async () => {
  const { page, dialog } = await collide(
    ['name: Their turn', 'name: Their word'],
    ['name: Their turn', 'name: My word'],
    'd',
  )
  await dialog.getByRole('button', { name: 'Keep editing mine' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await readText(page)).toContain('name: My word')
  await page.keyboard.press('ControlOrMeta+S')
  await expect(page.getByText('Version 8', { exact: true })).toBeVisible()
  expect((await versions()).map(({ version }) => version)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  await page.close()
})

test('any two versions are compared, and an old one is restored as the newest', async () => {
  const page = await context.newPage()
  await page.goto(`${app.url}/workflows/${workflow}?tab=versions`)
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(8)
  await page.getByRole('button', { name: 'Compare version 5 with the one before' }).click()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison).toContainText('Their name')
  await expect(comparison).toContainText('My name')
  await comparison.getByLabel('Earlier version').selectOption('1')
  await expect(comparison.getByRole('region', { name: /^Differences between Version 1 and Version 5/ })).toContainText(
    'Who comes',
  )
  expect(page.url()).toContain('from=1')
  await page.getByRole('button', { name: 'Restore version 1' }).click()
  await page.getByRole('button', { name: 'Restore it' }).click()
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(9)
  expect(await textOf(9)).toBe(await textOf(1))
  await page.close()
})
