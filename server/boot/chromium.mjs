// Finds a Chromium for the tests, and installs one where there is none.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { giveUp, root, run, withProgress } from './prepare.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** Path of a Chromium: `CHROMIUM_PATH`, else Playwright's own, else the system's; null when there is none. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given) return existsSync(given) ? given : giveUp(`CHROMIUM_PATH names ${given}, which is not there.`)
  const { chromium } = createRequire(join(root, 'package.json'))('playwright')
  const own = chromium.executablePath()
  if (own && existsSync(own)) return own
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

/** As `findChromium`; installs Debian's package as root, else Playwright's own build. */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  await withProgress('installing a Chromium for the tests', 'Chromium installed', async () => {
    if (process.getuid?.() === 0 && has('apt-get')) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      await run('apt-get', ['update', '-qq'], { env })
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env })
    } else {
      await run(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'])
    }
  })
  return (
    findChromium() ??
    giveUp('The tests need a Chromium and none could be installed. Install one, or set CHROMIUM_PATH.')
  )
}

function has(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
