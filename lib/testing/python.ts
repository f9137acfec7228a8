import { spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Json } from '../json.ts'

/** Whether this Python code runs here, for instance the import of a package. */
export function runsHere(code: string): boolean {
  return spawnSync('python3', ['-c', code], { stdio: 'ignore' }).status === 0
}

/** Gives one Python process lines of JSON; answers the lines of JSON that it writes. */
export async function askScript(script: URL, lines: readonly Json[]): Promise<readonly Json[]> {
  const python = spawn('python3', ['-B', fileURLToPath(script)], { stdio: ['pipe', 'pipe', 'pipe'] })
  // When it ends early, its own words and its exit code say more.
  python.stdin.on('error', () => {})
  python.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const ended = new Promise<number | null>((done) => python.on('close', done))
  const [out, err, code] = await Promise.all([text(python.stdout), text(python.stderr), ended])
  if (code !== 0) throw new Error(`Python ended with ${code}: ${err}`)
  return out
    .trimEnd()
    .split('\n')
    .map((line): Json => JSON.parse(line))
}
