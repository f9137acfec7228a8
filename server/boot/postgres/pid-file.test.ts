import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { isServerOf, parsePidFile } from './pid-file.ts'

const lines = (...changes: [number, string][]) => {
  const all = ['4711', '/data/postgres', '1795248280', '5433', '', '127.0.0.1', '  1234567         0', 'ready   ', '']
  for (const [at, text] of changes) all[at] = text
  return all.join('\n')
}

describe('postmaster.pid', () => {
  it('tells pid, port and status', () => {
    expect(parsePidFile(lines())).toEqual({ pid: 4711, port: 5433, status: 'ready' })
    expect(parsePidFile(lines([7, 'stopping']))).toMatchObject({ status: 'stopping' })
  })

  it('is incomplete while the server is young', () => {
    expect(parsePidFile('4711\n/data/postgres\n')).toEqual({ pid: 4711, port: null, status: 'starting' })
    expect(parsePidFile('')).toBeNull()
  })

  it('names no server when its process is dead or another program', async () => {
    expect(isServerOf(process.pid, process.cwd())).toBe(false)
    const child = spawn('true')
    await new Promise((done) => child.on('exit', done))
    expect(isServerOf(child.pid ?? 0, process.cwd())).toBe(false)
  })
})
