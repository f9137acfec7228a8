import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode } from '../has-code.ts'

/** What `postmaster.pid` tells; PostgreSQL writes it line by line, so a young one is incomplete. */
export interface PidFile {
  readonly pid: number
  readonly port: number | null
  readonly status: 'starting' | 'ready' | 'stopping'
}

export function readPidFile(cluster: string): PidFile | null {
  let text: string
  try {
    text = readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
  return parsePidFile(text)
}

/** Lines 1, 4 and 8 are pid, port and status. null when even the pid is not written yet. */
export function parsePidFile(text: string): PidFile | null {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  const port = Number(lines[3])
  const word = lines[7]
  const status = word === 'ready' || word === 'standby' ? 'ready' : word === 'stopping' ? 'stopping' : 'starting'
  return { pid, port: port > 0 ? port : null, status }
}

/**
 * Whether a process of this id is a PostgreSQL at work in this folder: not one that has ended, a zombie that nobody
 * reaped, or another program that was given the id later.
 */
export function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    const state = stat[stat.lastIndexOf(')') + 2]
    if (state === 'Z' || state === 'X' || name !== 'postgres') return false
    // The server works inside its data folder, whatever name it was told for it.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return false
    // Another user's process: not ours to look into, so not ours.
    if (hasCode(error, 'EACCES', 'EPERM')) return false
    throw error
  }
}

/** All processes at work in this folder, the server and its children. Linux only; elsewhere none are found. */
export function serversOf(cluster: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isServerOf(pid, cluster))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if (hasCode(error, 'EPERM')) return true
    if (hasCode(error, 'ESRCH')) return false
    throw error
  }
}
