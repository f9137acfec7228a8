import { existsSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import type { Command } from 'commander'
import { BootError } from '#server/boot/boot-error.ts'
import { openDataFolder } from '#server/boot/data-folder.ts'
import { ensurePortIsFree } from '#server/boot/port.ts'
import { binaries } from '#server/boot/postgres/binaries.ts'
import { serverUser } from '#server/boot/postgres/user.ts'
import { projectRoot } from '#server/boot/root.ts'
import { readSettings } from '#server/boot/settings.ts'
import { DatabaseTooNew } from '#server/db/migrate.ts'
import { type Env, EnvError } from '#server/env.ts'
import { withApp } from './with-app.ts'

/** What a look at one thing found. `note` is fine but worth knowing. */
interface Finding {
  readonly mark: 'ok' | 'note' | 'problem'
  readonly text: string
}

const ok = (text: string): Finding => ({ mark: 'ok', text })
const note = (text: string): Finding => ({ mark: 'note', text })
const problem = (text: string): Finding => ({ mark: 'problem', text })

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('tell what is misconfigured, and what to do about it. Ends with 1 when there is a problem')
    .action(async () => {
      const findings = await examine()
      for (const { mark, text } of findings) process.stdout.write(`${mark.padEnd(8)}${text}\n`)
      const problems = findings.filter(({ mark }) => mark === 'problem').length
      process.stdout.write(problems === 0 ? 'Everything is in order.\n' : `${problems} to put right.\n`)
      if (problems > 0) process.exitCode = 1
    })
}

async function examine(): Promise<Finding[]> {
  let env: Env
  try {
    env = readSettings()
  } catch (error) {
    if (error instanceof EnvError) return error.problems.map(problem)
    throw error
  }
  return [
    ok(`Node ${process.versions.node} on ${process.platform}-${process.arch}`),
    ok('the settings can be read'),
    ...(await look(() => embeddedPostgres(env))),
    ...(await look(() => database(env))),
    ...(await look(() => port(env))),
    ...providers(env),
  ]
}

/** Trouble that a person can put right is a finding. */
async function look(at: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await at()
  } catch (error) {
    if (error instanceof BootError || error instanceof DatabaseTooNew) return [problem(error.message)]
    throw error
  }
}

function embeddedPostgres(env: Env): Finding[] {
  if (env.databaseUrl !== null) return []
  const data = openDataFolder(env.dataDir)
  binaries(projectRoot(), serverUser(data.cluster))
  return [ok(`the data folder is ${data.path}`), ok('the embedded PostgreSQL is installed')]
}

/** Reaching it migrates it and compares the master key, which is what a start would do first. */
async function database(env: Env): Promise<Finding[]> {
  const version = await withApp(env, async ({ app }) => {
    const [row] = await app.database.sql<{ version: string }[]>`select current_setting('server_version') as version`
    return row?.version ?? 'of unknown version'
  })
  return [ok(`the database answers (PostgreSQL ${version}), is migrated and belongs to this master key`)]
}

async function port(env: Env): Promise<Finding[]> {
  if (!existsSync(join(projectRoot(), '.next', 'BUILD_ID'))) {
    return [note('the pages are not built yet; "npm start" does that')]
  }
  const version = await runningVersion(env)
  if (version !== null) return [ok(`Scaff ${version} is running at ${env.appUrl}`)]
  await ensurePortIsFree(env.port, env.host)
  return [ok(`port ${env.port} is free`)]
}

/** The version of the Scaff that listens there; null when nobody or somebody else does. */
function runningVersion(env: Env): Promise<string | null> {
  return new Promise((done) => {
    get(
      { host: env.host === '0.0.0.0' ? 'localhost' : env.host, port: env.port, path: '/livez', timeout: 2_000 },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          body += chunk
        })
        response.on('end', () => done(/^\{"status":"alive","version":"([^"]+)"\}$/.exec(body)?.[1] ?? null))
      },
    )
      .on('timeout', function (this: { destroy(): void }) {
        this.destroy()
      })
      .on('error', () => done(null))
  })
}

function providers(env: Env): Finding[] {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(env.appUrl).hostname)
  return [
    env.openaiApiKey || env.openaiBaseUrl || env.anthropicApiKey
      ? ok('an AI provider is configured')
      : note('no AI provider is configured: the mock answers. Set OPENAI_API_KEY or ANTHROPIC_API_KEY for a real one'),
    env.resendApiKey || env.smtpUrl
      ? ok(`mail is sent as ${env.mailFrom}`)
      : note('no mail is sent: messages go to the Outbox page. Set SMTP_URL or RESEND_API_KEY, and MAIL_FROM'),
    local && (env.resendApiKey || env.smtpUrl)
      ? problem(
          `links in mails lead to ${env.appUrl}, which only this machine can open. Set APP_URL to the address people use`,
        )
      : ok(`links lead to ${env.appUrl}`),
  ]
}
