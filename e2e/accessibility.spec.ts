import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
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
        const wide = await new AxeBuilder({ page }).analyze()
        expect.soft(told(wide.violations), `${name}, wide`).toEqual([])
        await page.setViewportSize({ width: 360, height: 740 })
        const narrow = await new AxeBuilder({ page }).analyze()
        expect.soft(told(narrow.violations), `${name}, 360 px`).toEqual([])
        expect
          .soft(await page.evaluate(() => document.documentElement.scrollWidth), `${name}, width`)
          .toBeLessThanOrEqual(360)
      })
    }
    await anybody.close()
    await sarah.close()
  })
}

function told(violations: { id: string; nodes: { html: string }[] }[]): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}
