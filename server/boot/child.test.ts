import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Child, keepRunning } from './child.ts'

let folder: string
let child: Child | null
const said: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaff-child-'))
  child = null
  said.length = 0
})
afterEach(async () => {
  await child?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function keep(code: string, drainMs = 2_000): Child {
  child = keepRunning({
    name: 'child',
    args: ['--eval', code],
    env: process.env,
    cwd: folder,
    drainMs,
    say: (line) => said.push(line),
  })
  return child
}

const until = (condition: () => boolean) => expect.poll(condition, { timeout: 5_000, interval: 10 }).toBe(true)

describe('a supervised child', () => {
  it('is started again within a second when it is killed', async () => {
    const running = keep('setInterval(() => {}, 1000)')
    const first = running.pid()
    expect(first).not.toBeNull()
    const began = performance.now()
    process.kill(first ?? 0, 'SIGKILL')
    await until(() => running.pid() !== null && running.pid() !== first)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(said).toEqual(['child ended (SIGKILL); starting it again in 0.2 s'])
  })

  it('is given longer pauses while it keeps failing', async () => {
    keep('process.exit(3)')
    await until(() => said.length >= 3)
    expect(said.map((line) => /again in (.*) s/.exec(line)?.[1])).toEqual(['0.2', '0.4', '0.8'])
  })

  it('is not started again once it is to stop', async () => {
    const running = keep('process.exit(3)')
    await until(() => said.length >= 1)
    await running.stop()
    const lines = said.length
    expect(running.pid()).toBeNull()
    expect(said).toHaveLength(lines)
  })

  it('is killed when it does not drain in time', async () => {
    const running = keep(
      `process.on('SIGTERM', () => {}); require('node:fs').writeFileSync('up', ''); setInterval(() => {}, 1000)`,
      100,
    )
    await until(() => existsSync(join(folder, 'up')))
    await running.stop()
    expect(said).toEqual(['child did not end within 0.1 s; killing it'])
  })
})
