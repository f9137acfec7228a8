import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Env, readEnv } from '#server/env.ts'
import { projectRoot } from './root.ts'

/**
 * The settings of this process: its environment, and beneath it the file `.env` in the project's folder. Children inherit
 * both.
 *
 * @throws EnvError
 */
export function readSettings(): Env {
  const file = join(projectRoot(), '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return readEnv(process.env)
}
