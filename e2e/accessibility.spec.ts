import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { screensOf } from './screens.ts'
import { startWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
test.beforeAll(async ({ browser }) => {
  workspace = await startWorkspace(browser)
})
test.afterAll(() => workspace.stop())

/** Wide and phone-sized, in both themes: everything axe knows, no rule left out. */
for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has an accessibility violation in the ${colorScheme} theme, and none scrolls sideways on a phone`, async ({
    browser,
  }) => {
    test.setTimeout(300_000)
    const look = { colorScheme, reducedMotion: 'reduce' } as const
    const anybody = await browser.newContext(look)
    const sarah = await browser.newContext({ ...look, storageState: await workspace.page.context().storageState() })
    const pages = { anybody: await anybody.newPage(), sarah: await sarah.newPage() }
    for (const { name, path, kind } of screensOf(workspace)) {
      const page = kind === 'app' || kind === 'editor' ? pages.sarah : pages.anybody
      await test.step(name, async () => {
        await page.setViewportSize({ width: 1280, height: 900 })
        await page.goto(`${workspace.app.url}${path}`)
        expect(new URL(page.url()).pathname, 'leads nowhere else').toBe(path.split('?')[0])
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached()
        await expect(page.getByLabel(/^Loading/)).toHaveCount(0)
        await judge(page, name)
      })
    }
    await test.step('the editor with an empty page', async () => {
      await pages.sarah.setViewportSize({ width: 1280, height: 900 })
      await pages.sarah.goto(`${workspace.app.url}/workflows/new`)
      await pages.sarah.getByRole('link', { name: 'Begin with an empty page' }).click()
      await expect(pages.sarah.locator('.monaco-editor').first()).toBeVisible()
      await judge(pages.sarah, 'the editor with an empty page')
    })
    await test.step('a form with errors', async () => {
      await pages.anybody.setViewportSize({ width: 1280, height: 900 })
      await pages.anybody.goto(workspace.formLink)
      await pages.anybody.getByRole('button', { name: 'Submit' }).click()
      await expect(pages.anybody.getByRole('alert').first()).toBeVisible()
      await judge(pages.anybody, 'a form with errors')
    })
    await anybody.close()
    await sarah.close()
  })
}

/** A page that stands wide; afterwards it is as narrow as a phone. */
async function judge(page: Page, name: string): Promise<void> {
  const wide = await new AxeBuilder({ page }).analyze()
  expect.soft(told(wide.violations), `${name}, wide`).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  const narrow = await new AxeBuilder({ page }).analyze()
  expect.soft(told(narrow.violations), `${name}, 360 px`).toEqual([])
  expect
    .soft(await page.evaluate(() => document.documentElement.scrollWidth), `${name}, width`)
    .toBeLessThanOrEqual(360)
}

function told(violations: { id: string; nodes: { html: string }[] }[]): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}
