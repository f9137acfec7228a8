import { expect, type Page, test } from '@playwright/test'
import { type RunningApp, startApp } from './app.ts'
import { readText, SARAH, setUp, writeText } from './journeys.ts'

let app: RunningApp
test.beforeAll(async () => {
  app = await startApp()
})
test.afterAll(() => app.stop())

/** What the blueprint gets in addition, so that a run asks for something before it begins. */
const INPUTS = `inputs:
  - {name: department, type: text, label: Department, required: true, pattern: "^[A-Z]{2,4}$"}

steps:`

test('a workflow is made from a blueprint, cured of its errors, tried out, saved and run', async ({ page }) => {
  const problems = page.getByRole('region', { name: 'Problems' })
  const graph = page.getByRole('tabpanel', { name: 'Graph' })
  const node = (name: string) => graph.locator('.react-flow').getByRole('button', { name: new RegExp(`^${name}`) })
  await setUp(page, app)

  await test.step('it begins with a look at the blueprint', async () => {
    await page.goto(`${app.url}/workflows/new`)
    await page.getByRole('button', { name: 'Expense request' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Use this blueprint' }).click()
    await page.waitForURL(/from=expense-request/)
    await expect(node('Granted by two|Granted')).toHaveCount(2)
    await expect(problems.getByRole('status')).toHaveText('None')
  })

  await test.step('a step of the graph leads to its lines; the graph follows what is typed there', async () => {
    // The graph begins at its top where the whole would be too small to read.
    await graph.getByRole('button', { name: 'Show the whole graph' }).click()
    await node('Refused').click()
    await expect(codeBox(page)).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.type(' politely')
    const typed = Date.now()
    await node('Refused politely').waitFor()
    console.log(`graph followed ${Date.now() - typed} ms after the last key`)
  })

  await test.step('a jump to nowhere and an unknown key are marked in the text and listed; the last good graph stays', async () => {
    await node('Within the limit').click()
    // id, type, name, condition, if_true
    for (let line = 0; line < 4; line += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.type('x')
    await page.keyboard.press('Escape')
    await expect(problems.getByRole('status')).toContainText('1 error')
    await page.keyboard.press('Enter')
    await page.keyboard.type('colour: red')
    await page.keyboard.press('Escape')
    await expect(problems.getByRole('status')).toContainText('2 errors')
    await expect(page.locator('.squiggly-error')).toHaveCount(2)
    await expect(graph.getByText('Graph of the last valid text')).toBeVisible()
    await expect(node('Refused politely')).toBeVisible()
    await expect(node('Within the limit')).toContainText('has errors')
  })

  await test.step('each is gone to from the list and cured by keyboard', async () => {
    await page.keyboard.press('ControlOrMeta+Home')
    await problems.getByRole('button', { name: 'Problems' }).click()
    await problems.getByRole('button', { name: /colour/ }).click()
    await expect(codeBox(page)).toBeFocused()
    await page.keyboard.press('ControlOrMeta+Shift+K')
    await expect(problems.getByRole('status')).toContainText('1 error')
    await page.keyboard.press('ControlOrMeta+Home')
    await problems.getByRole('button', { name: /There is no step granted_at_oncex/ }).click()
    await page.keyboard.press('ControlOrMeta+.')
    await expect(page.getByText('Change to granted_at_once', { exact: true })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(problems.getByRole('status')).toHaveText('None')
    await expect(graph.getByText('Graph of the last valid text')).toHaveCount(0)
    expect(await readText(page)).toContain('if_true: granted_at_once\n')
  })

  await test.step('it is formatted by its keys', async () => {
    const text = await readText(page)
    await writeText(page, text.replace('outcome: "{{', 'outcome:     "{{').replace('steps:', INPUTS))
    // Formatting is given up when the cursor moves meanwhile: the line is looked at, not copied.
    const line = page.locator('.view-line').filter({ hasText: 'runtime.outcome' })
    await expect.poll(() => line.textContent()).toMatch(/outcome:\s{5}"/)
    await page.keyboard.press('Shift+Alt+F')
    await expect.poll(() => line.textContent()).toMatch(/outcome:\s"/)
    expect(await readText(page)).toContain('pattern: "^[A-Z]{2,4}$"')
  })

  await test.step('it is tried out to its end beside the text, and nothing of that is a run', async () => {
    await page.getByRole('button', { name: 'Test run' }).click()
    const trial = page.getByRole('region', { name: 'Test run' })
    await trial.getByLabel('Department').fill('OPS')
    await trial.getByRole('button', { name: 'Start the test run' }).click()
    await trial.getByLabel('What is it for?').fill('A better chair')
    await trial.getByLabel('Amount in euros').fill('480')
    await trial.getByRole('button', { name: 'Submit' }).click()
    await trial.getByRole('button', { name: 'Approve' }).click()
    await expect(trial.getByText('1 of 2 approvals given')).toBeVisible()
    await trial.getByRole('button', { name: 'Approve' }).click()
    await expect(trial.getByText('granted by two approvers').filter({ visible: true }).first()).toBeVisible()
    const answer = await page.request.get(`${app.url}/api/v1/executions`)
    expect((await answer.json()).runs).toEqual([])
  })

  await test.step('its tests are told beside the text, gone to, cured and read again', async () => {
    const tests = page.getByRole('region', { name: 'Tests' })
    await page.getByRole('tab', { name: 'Tests' }).click()
    // The department is asked for since, and no test gives one.
    await expect(tests.getByText('3 of 3 tests fail.')).toBeVisible()
    await tests
      .getByRole('button', { name: /The inputs do not fit: department/ })
      .first()
      .click()
    await expect(codeBox(page)).toBeFocused()
    const text = await readText(page)
    await writeText(page, text.replaceAll(/^( +)(people:)/gm, '$1inputs: {department: OPS}\n$1$2'))
    await expect(tests.getByText('All 3 tests pass.')).toBeVisible()
    await expect(tests.getByText('100 %, 6 of 6')).toBeVisible()
    await tests.locator('summary').filter({ hasText: 'two of three are enough' }).focus()
    await page.keyboard.press('Enter')
    await expect(tests.getByText('request → check_limit → decide → granted')).toBeVisible()
  })

  await test.step('it is saved by its key', async () => {
    await codeBox(page).focus()
    await page.keyboard.press('ControlOrMeta+S')
    await page.waitForURL(/\/workflows\/wf_[a-z0-9]+$/)
    await expect(page.getByRole('heading', { name: 'Expense request', level: 1 })).toBeVisible()
  })

  await test.step('unsaved work is not left without a question', async () => {
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.waitForURL(/\/edit/)
    await writeText(page, (await readText(page)).replace('name: Decide', 'name: Two of three decide'))
    await expect(page.getByText('Not saved · from version 1')).toBeVisible()
    const questions: string[] = []
    page.once('dialog', (dialog) => {
      questions.push(dialog.message())
      void dialog.dismiss()
    })
    await page.getByRole('link', { name: 'Close the editor' }).click()
    await expect.poll(() => questions).toEqual([expect.stringContaining('not saved')])
    expect(page.url()).toContain('/edit')
    await page.getByLabel('What changed').fill('Says who decides')
    await page.keyboard.press('ControlOrMeta+S')
    await expect(page.getByText('Version 2', { exact: true })).toBeVisible()
    expect(await readText(page)).toContain('Two of three decide')
  })

  await test.step('a run is asked for what it needs, and refuses what does not fit', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Department').fill('operations')
    await dialog.getByRole('button', { name: 'Start the run' }).click()
    await expect(dialog.getByRole('alert')).toContainText('Department')
    await expect(dialog.getByLabel('Department')).toHaveValue('operations')
    await dialog.getByLabel('Department').fill('OPS')
    await dialog.getByRole('button', { name: 'Start the run' }).click()
    await page.waitForURL(/\/runs\/run_[a-z0-9]+/)
    await expect(page.getByRole('region', { name: 'What it waits for' })).toContainText('The request')
    await expect(page.getByText('Version 2')).toBeVisible()
  })
})

function codeBox(page: Page) {
  return page.locator('.monaco-editor').getByRole('textbox', { name: 'Workflow in YAML' })
}

test('where nothing can read the text, that is said, and it is written and saved all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const Real = window.Worker
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        // Breaks as one does whose code is gone, until the page is told otherwise.
        if (!('workersWork' in window))
          setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { cancelable: true })))
      }
    }
  })
  await page.goto(`${app.url}/login`)
  await page.getByLabel('E-mail address').fill(SARAH.email)
  await page.getByLabel('Password').fill(SARAH.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${app.url}/`)
  const problems = page.getByRole('region', { name: 'Problems' })
  const told = page.getByText('The text is not being checked')

  await test.step('an editor without its checker says so and saves; the server checks', async () => {
    await page.goto(`${app.url}/workflows/new?from=blank`)
    await expect(told).toBeVisible()
    await expect(problems.getByRole('status')).toHaveText('Not checked')
    await writeText(page, 'name: Unseen\nsteps:\n  - {id: a, type: sett, values: {b: 1}}\n')
    await page.getByRole('button', { name: 'Create the workflow' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'sett' })).toBeVisible()
  })

  await test.step('it is read again once that can be', async () => {
    await page.evaluate(() => Object.assign(window, { workersWork: true }))
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(told).toBeHidden()
    await expect(problems.getByRole('status')).toContainText('1 error')
  })
})
