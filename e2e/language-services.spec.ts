import { expect, type Page, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { readText, setUp, writeText } from './journeys.ts'

let app: RunningApp
test.beforeAll(async () => {
  app = await startApp()
})
test.afterAll(() => app.stop())

const FLOW = `# Written by hand
name: Post
start_step: brief
steps:
  - id: brief
    type: form
    fields:
      - {key: topic, type: string, required: true}
  - id: draft   # the text
    type: ai_generate
    prompt: Write about {{ topic }}.
    output_schema: {type: object, properties: {title: {type: string}}, required: [title]}
  - id: review
    type: approval
    approvers: [editor@company.com]
    message: "Please read {{ steps.draft.output.title }}."
    on_revise: draft
    on_reject: drat
    next: end
`

const box = (page: Page) => page.locator('.monaco-editor').getByRole('textbox', { name: 'Workflow in YAML' })
const suggestion = (page: Page, name: string) =>
  page.locator('.suggest-widget').getByRole('option', { name: new RegExp(`^${name}\\b`) })

/** Puts the cursor behind a text that stands in it once, with the editor's own search. */
async function goTo(page: Page, text: string): Promise<void> {
  await box(page).focus()
  await page.keyboard.press('ControlOrMeta+F')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.locator('.find-widget.visible')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
}

/** The line the cursor is in, from 1, as the editor shows it. */
const line = (page: Page) => page.locator('.monaco-editor .line-numbers.active-line-number').first()

test('a workflow is written by keyboard with all that the language knows of it', async ({ page }) => {
  const problems = page.getByRole('region', { name: 'Problems' })
  await setUp(page, app)
  await page.goto(`${app.url}/workflows/new?from=blank`)
  await writeText(page, FLOW)
  await expect(problems.getByRole('status')).toContainText('1 error')

  await test.step('a mistake is cured by its quick fix', async () => {
    await goTo(page, 'on_reject: drat')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ControlOrMeta+.')
    await expect(page.getByText('Change to draft', { exact: true })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(problems.getByRole('status')).toHaveText('None')
    expect(await readText(page)).toContain('on_reject: draft\n')
  })

  await test.step('keys, members and types are completed', async () => {
    await goTo(page, 'prompt: Write about {{ topic }}.')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('max_t')
    await expect(suggestion(page, 'max_tokens')).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.type('400')
    await goTo(page, 'output.title')
    await page.keyboard.type(' for {{ steps.')
    await expect(suggestion(page, 'brief')).toBeVisible()
    await page.keyboard.type('brief.output.')
    await expect(suggestion(page, 'topic')).toContainText('text')
    await page.keyboard.press('Tab')
    expect(await readText(page)).toContain('max_tokens: 400\n')
    await expect(page.locator('.suggest-widget.visible')).toHaveCount(0)
    await writeText(page, FLOW.replace('drat', 'draft').replace('{{ topic }}.', '{{ topic }}.\n    max_tokens: 400'))
    await expect(problems.getByRole('status')).toHaveText('None')
  })

  await test.step('a name says what it is, who gives it, and leads there', async () => {
    await goTo(page, 'steps.draft.output.title')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+F1')
    await expect(page.locator('.monaco-hover').getByText('Provided by draft.')).toBeVisible()
    await page.keyboard.press('Escape')
    await goTo(page, 'steps.draft.output.title')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('F12')
    await expect(line(page)).toHaveText('13')
    await goTo(page, 'on_revise: draft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('F12')
    await expect(line(page)).toHaveText('9')
  })

  await test.step('a step is renamed wherever it is spoken of, and that is taken back in one', async () => {
    const before = await readText(page)
    await goTo(page, 'id: draft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('F2')
    const rename = page.locator('.rename-box').getByRole('textbox')
    await expect(rename).toHaveValue('draft')
    await expect(rename).toBeFocused()
    // The old name is selected.
    await page.keyboard.type('review')
    await page.keyboard.press('Enter')
    await expect(page.getByText('There is a step review already').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await goTo(page, 'id: draft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('F2')
    await expect(rename).toBeFocused()
    await page.keyboard.type('first-text')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => readText(page))
      .toBe(
        before
          .replace('id: draft ', 'id: first-text ')
          .replace('steps.draft.', "steps['first-text'].")
          .replace('on_revise: draft', 'on_revise: first-text')
          .replace('on_reject: draft', 'on_reject: first-text'),
      )
    await expect(problems.getByRole('status')).toHaveText('None')
    await page.keyboard.press('ControlOrMeta+Z')
    await expect.poll(() => readText(page)).toBe(before)
  })

  await test.step('it is laid out by its keys, comments and all', async () => {
    const before = await readText(page)
    await box(page).focus()
    await page.keyboard.press('Shift+Alt+F')
    await expect.poll(() => readText(page)).toBe(before.replace('draft   # the text', 'draft # the text'))
  })
})
