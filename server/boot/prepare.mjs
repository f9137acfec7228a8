// What must be there before anything of ours can run: packages, and a Node that is new enough. Runs on any Node from 20 on.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lock } from './lock.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const LEAST_NODE = 24
const SAID_EVERY_MS = 10_000

/** Progress goes to stderr, so that a command's answer has stdout to itself. */
export const say = (text) => process.stderr.write(`scaff: ${text}\n`)

/** Ends with a sentence instead of a stack. */
export function giveUp(text) {
  say(text)
  process.exit(1)
}

/** Does a long piece of work, telling that it goes on. `expected`: how long it usually takes, in words. */
export async function withProgress(doing, done, work, expected = 'a moment') {
  const began = Date.now()
  const seconds = () => `${Math.round((Date.now() - began) / 100) / 10} s`
  say(`${doing} (${expected}) …`)
  const tick = setInterval(() => say(`still ${doing} (${seconds()}) …`), SAID_EVERY_MS)
  try {
    await work()
  } finally {
    clearInterval(tick)
  }
  say(`${done} in ${seconds()}`)
}

/** Runs `work` unless another process does the same at this moment; then waits for that one and looks again. */
export async function once(name, isDone, work) {
  if (isDone()) return
  const held = await lock(join(root, `.${name}-lock`), name, ({ pid }) =>
    say(`process ${pid} is at it already (${name}); waiting for it`),
  )
  try {
    if (!isDone()) await work()
  } finally {
    held.release()
  }
}

/** Installs when node_modules is missing or is not what package-lock.json says. */
export async function ensureInstalled() {
  await once('install', isInstalled, async () => {
    const again = existsSync(join(root, 'node_modules'))
    await withProgress(
      again ? 'installing packages again, because they changed' : 'installing packages',
      'packages installed',
      async () => {
        // Whatever NODE_ENV says, building needs the development packages, and PostgreSQL and Node are optional ones.
        const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
        const code = await run('npm', args)
        if (code !== 0)
          giveUp(
            '"npm ci" failed; its own words are above. Check the network and the registry npm uses, then start again.',
          )
      },
      'about a minute',
    )
  })
}

/** npm keeps a copy of the lock of what it installed, written last; packages of other systems are not in it. */
function isInstalled() {
  const copy = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(copy)) return false
  const have = JSON.parse(readFileSync(copy, 'utf8')).packages
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(
    ([path, { version, optional }]) =>
      path === '' || (path in have ? have[path].version === version : optional === true),
  )
}

/** The Node to run ours with: this one if new enough, else the one that came with the packages. */
export function nodeProgram() {
  if (Number(process.versions.node.split('.')[0]) >= LEAST_NODE) return process.execPath
  const own = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(own)) return own
  return giveUp(
    `Scaff needs Node ${LEAST_NODE}, this is ${process.version}, and there is no Node package for ${process.platform}-${process.arch}. Install Node ${LEAST_NODE} or later, then start again.`,
  )
}

/** Runs a program to its end, its output on stderr; answers its exit code or signal. */
export function run(program, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
    child.on('error', failed)
    child.on('exit', (code, signal) => done(code ?? signal))
  })
}

/** The same, but its output is shown only when it fails. */
export function runQuietly(program, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    child.stdout.on('data', (chunk) => said.push(chunk))
    child.stderr.on('data', (chunk) => said.push(chunk))
    child.on('error', failed)
    child.on('close', (code, signal) => {
      if (code !== 0) process.stderr.write(Buffer.concat(said))
      done(code ?? signal)
    })
  })
}

/**
 * Becomes another program. A Node that can replaces itself; an older one stays as a thin parent that hands everything
 * through. The child sees by the closing of its IPC channel when this parent is killed.
 */
export function become(args) {
  const program = nodeProgram()
  if (typeof process.execve === 'function') process.execve(program, [program, ...args], process.env)
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  // In a terminal the whole group gets the signal; sent to this process alone it must be handed on. The child takes both as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => giveUp(`${program} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    } else process.exit(code ?? 1)
  })
}
