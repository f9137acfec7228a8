import { test } from '@playwright/test'
import { screensOf } from '../screens.ts'
import { startWorkspace } from '../workspace.ts'

/** The screens that the README and the docs show, in the theme they are shown in. */
const SHOWN: readonly { readonly screen: string; readonly theme: 'light' | 'dark'; readonly phone?: true }[] = [
  { screen: 'home', theme: 'light' },
  { screen: 'workflow', theme: 'light' },
  { screen: 'editor', theme: 'light' },
  { screen: 'editor', theme: 'dark' },
  { screen: 'blueprints', theme: 'light' },
  { screen: 'run-completed', theme: 'light' },
  { screen: 'run-waiting-for-approval', theme: 'dark' },
  { screen: 'run-graph', theme: 'light' },
  { screen: 'inbox', theme: 'light' },
  { screen: 'public-form', theme: 'light', phone: true },
  { screen: 'public-approval', theme: 'light' },
]

test('takes the pictures of the docs', async ({ browser }) => {
  test.setTimeout(300_000)
  const workspace = await startWorkspace(browser)
  const screens = screensOf(workspace)
  for (const { screen, theme, phone } of SHOWN) {
    const found = screens.find(({ name }) => name === screen)
    if (!found) throw new Error(`no screen ${screen}`)
    const context = await browser.newContext({
      colorScheme: theme,
      reducedMotion: 'reduce',
      viewport: phone ? { width: 390, height: 780 } : { width: 1280, height: 800 },
      deviceScaleFactor: phone ? 2 : 1,
      ...(screen.startsWith('public') ? {} : { storageState: await workspace.page.context().storageState() }),
    })
    const page = await context.newPage()
    await page.goto(`${workspace.app.url}${found.path}`)
    await page
      .getByLabel(/^Loading/)
      .first()
      .waitFor({ state: 'detached' })
    if (screen === 'editor') {
      // The text is there with its colours, for which a key is set apart from its value; and the graph that it means.
      await page.locator('.view-line span span').getByText('name', { exact: true }).first().waitFor()
      await page.getByLabel('Graph of the workflow').waitFor()
    }
    // Charts and graphs come after the page itself, and move to their place.
    await page.waitForTimeout(2_000)
    await page.screenshot({ path: new URL(`../../docs/images/${screen}-${theme}.png`, import.meta.url).pathname })
    await context.close()
  }
  await workspace.stop()
})
