import { spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Json } from '../../../json.ts'

/** What Python, or where it differs on purpose the table of differences, makes of an expression. */
export interface PythonAnswer {
  readonly value?: Json
  readonly error?: true
  readonly differences?: readonly string[]
}

const REFERENCE = new URL('reference.py', import.meta.url).pathname

/** The version of the Python that is installed here; null where there is none. */
export function pythonVersion(): string | null {
  const { status, stdout } = spawnSync('python3', ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** Asks one Python process for all of them. */
export async function askPython(data: Json, expressions: readonly string[]): Promise<readonly PythonAnswer[]> {
  const python = spawn('python3', ['-B', REFERENCE], { stdio: ['pipe', 'pipe', 'pipe'] })
  // When it ends early, its own words and its exit code say more.
  python.stdin.on('error', () => {})
  python.stdin.end(`${[data, ...expressions].map((line) => JSON.stringify(line)).join('\n')}\n`)
  const ended = new Promise<number | null>((done) => python.on('close', done))
  const [out, err, code] = await Promise.all([text(python.stdout), text(python.stderr), ended])
  if (code !== 0) throw new Error(`Python ended with ${code}: ${err}`)
  return out
    .trimEnd()
    .split('\n')
    .map((line): PythonAnswer => JSON.parse(line))
}
