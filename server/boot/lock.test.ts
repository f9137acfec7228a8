import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lock, tryLock } from './lock.mjs'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaff-lock-'))
  path = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that takes the lock, says so, and keeps it until it is killed. */
async function holder(): Promise<{ pid: number; kill(): Promise<void> }> {
  const code = `import { tryLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.mjs'))}
    process.stdout.write(String(tryLock(${JSON.stringify(path)}, 'other').taken)); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await new Promise<string>((done) => child.stdout.once('data', (chunk) => done(String(chunk))))
  expect(said).toBe('true')
  return {
    pid: child.pid ?? 0,
    kill: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.kill('SIGKILL')
      }),
  }
}

describe('the lock', () => {
  it('is held by one process at a time, who is told by name', async () => {
    const other = await holder()
    expect(tryLock(path, 'mine')).toMatchObject({ taken: false, holder: { pid: other.pid, role: 'other' } })
    await other.kill()
  })

  it('dies with its holder, also by SIGKILL', async () => {
    const other = await holder()
    await other.kill()
    expect(tryLock(path, 'mine').taken).toBe(true)
  })

  it('is not held by a process that was later given the same number', () => {
    const first = tryLock(path, 'mine')
    expect(first.taken).toBe(true)
    const text = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...text, birth: 'at another time' }))
    expect(tryLock(path, 'mine').taken).toBe(true)
  })

  it('takes a file that was cut short for nobody’s', () => {
    writeFileSync(path, '{"pid":')
    expect(tryLock(path, 'mine').taken).toBe(true)
  })

  it('can be given back, but only by whom it belongs to', () => {
    const first = tryLock(path, 'mine')
    if (!first.taken) throw new Error('not taken')
    const text = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...text, since: 'later' }))
    first.release()
    expect(existsSync(path)).toBe(true)
  })

  it('is waited for, and then taken', async () => {
    const other = await holder()
    const told: number[] = []
    const waiting = lock(path, 'mine', ({ pid }) => told.push(pid))
    await other.kill()
    const held = await waiting
    expect(told).toEqual([other.pid])
    held.release()
    expect(existsSync(path)).toBe(false)
  })
})
