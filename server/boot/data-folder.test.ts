import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDataFolder } from './data-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaff-data-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('generates a key once, strong, for its owner only', () => {
  const data = openDataFolder(join(folder, 'new', 'data'))
  const key = data.secretKey()
  expect(key).toMatch(/^[\w-]{43}$/)
  expect(openDataFolder(data.path).secretKey()).toBe(key)
  expect(data.postgresPassword()).not.toBe(key)
  expect(statSync(join(data.path, 'secret-key')).mode & 0o777).toBe(0o600)
  expect(statSync(data.path).mode & 0o777).toBe(0o700)
})

it('does not make a new key in place of one that was damaged', () => {
  writeFileSync(join(folder, 'secret-key'), '')
  expect(() => openDataFolder(folder).secretKey()).toThrow(/secret-key is damaged\. Put it back from a backup/)
})

it('names the worker of a folder always alike', () => {
  const data = openDataFolder(folder)
  expect(data.workerId()).toMatch(/^wrk_[0-9a-f]{26}$/)
  expect(openDataFolder(folder).workerId()).toBe(data.workerId())
})

it('says what to do when the folder cannot be made', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => openDataFolder(join(folder, 'file'))).toThrow(
    /cannot be written to\. Give this user the right to, or set SCAFF_DATA_DIR/,
  )
})
