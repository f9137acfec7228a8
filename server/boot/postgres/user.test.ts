import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serverUser } from './user.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaff-user-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function passwd(...lines: string[]): string {
  const path = join(folder, 'passwd')
  writeFileSync(path, ['root:x:0:0:root:/root:/bin/sh', ...lines, ''].join('\n'))
  return path
}

describe('the user PostgreSQL runs as', () => {
  const none = () => join(folder, 'none')

  it('is ourselves unless we are root', () => {
    expect(serverUser(none(), 1000)).toBeNull()
  })

  it('is lent by root: postgres, else nobody', () => {
    const both = passwd('nobody:x:65534:65533::/:', 'postgres:x:101:104::/:')
    expect(serverUser(none(), 0, both)).toEqual({ uid: 101, gid: 104 })
    expect(serverUser(none(), 0, passwd('nobody:x:65534:65533::/:'))).toEqual({ uid: 65534, gid: 65533 })
  })

  it('is nobody root could lend on a bare system, which is told', () => {
    expect(() => serverUser(none(), 0, passwd())).toThrow(/neither a user "postgres" nor "nobody"\. Create one/)
  })

  it('cannot be somebody else when the folder is theirs and we are not root', () => {
    const owner = process.getuid?.() ?? 0
    expect(() => serverUser(folder, owner + 1)).toThrow(/belongs to another user/)
  })
})
