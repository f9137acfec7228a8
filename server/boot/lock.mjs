// A lock that dies with its holder, for processes on one machine. Plain JavaScript, because the first process of a fresh
// clone runs on a Node that may not read TypeScript yet.
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Takes the lock if it is free or its holder is gone; else tells who holds it. See `lock.d.mts`. */
export function tryLock(path, role) {
  mkdirSync(dirname(path), { recursive: true })
  const mine = { pid: process.pid, birth: birthOf(process.pid), role, since: new Date().toISOString() }
  const text = JSON.stringify(mine)
  const note = `${path}.${process.pid}`
  writeFileSync(note, text)
  try {
    for (;;) {
      try {
        // A link appears with its content or not at all; an existing one is never replaced.
        linkSync(note, path)
        return { taken: true, release: () => releaseIf(path, text) }
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      const seen = read(path)
      if (seen === null) continue
      const holder = parse(seen)
      if (holder && isHeldBy(holder)) return { taken: false, holder }
      // Moved aside rather than deleted: if another process took the lock over in between, it gets it back.
      const aside = `${path}.${process.pid}.stale`
      try {
        renameSync(path, aside)
      } catch (error) {
        if (error.code === 'ENOENT') continue
        throw error
      }
      if (read(aside) !== seen) linkSync(aside, path)
      unlinkSync(aside)
    }
  } finally {
    rmSync(note, { force: true })
  }
}

/** Waits for the lock as long as its holder lives; `onWait` is told once. */
export async function lock(path, role, onWait) {
  for (let told = false; ; told = true) {
    const answer = tryLock(path, role)
    if (answer.taken) return answer
    if (!told) onWait(answer.holder)
    await pause(100)
  }
}

function releaseIf(path, text) {
  if (read(path) === text) rmSync(path, { force: true })
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/** null for a file that was cut short, which no living process leaves. */
function parse(text) {
  try {
    const value = JSON.parse(text)
    return Number.isInteger(value?.pid) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** An id alone is not enough: after a restart of the machine or container it is soon another process's. */
function isHeldBy(holder) {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return false
    if (error.code !== 'EPERM') throw error
  }
  const birth = birthOf(holder.pid)
  return birth !== null && birth === holder.birth
}

/** When a process began, in the system's own words; null when it is gone (a zombie is). */
function birthOf(pid) {
  if (process.platform === 'linux') {
    const stat = read(`/proc/${pid}/stat`)
    if (stat === null) return null
    // The name in parentheses may hold anything, so fields are counted after it: the first is the state, the 20th the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return `${read('/proc/sys/kernel/random/boot_id')?.trim()} ${fields[19]}`
  }
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)])
        .toString()
        .trim() || null
    )
  } catch (error) {
    // ps ends with 1 when there is no such process.
    if (error.status === 1) return null
    throw error
  }
}
