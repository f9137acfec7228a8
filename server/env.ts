import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { checkMockModes, MOCK_MODES } from '#lib/mock-ai/modes.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** One setting: what stands in the table of `npm start -- --help`, and how its text becomes a value. */
interface Setting<T> {
  readonly name: string
  readonly meaning: string
  /** As shown to people. */
  readonly fallback: string
  readonly value: (text: string | null, problem: (sentence: string) => void) => T
}

const define = <T>(setting: Setting<T>): Setting<T> => setting
const optional = (name: string, meaning: string, fallback = 'none') =>
  define<string | null>({ name, meaning, fallback, value: (text) => text })

/**
 * Every setting there is, in the order they are shown. All are read when a process starts; none is baked into the build.
 * An empty text counts as not given.
 */
const SETTINGS = {
  port: wholeNumber('PORT', 'port it listens on', 3000, 1, 65_535),
  host: define({
    name: 'HOST',
    meaning: 'address it listens on; 0.0.0.0 for all',
    fallback: 'localhost',
    value: (text) => text ?? 'localhost',
  }),
  appUrl: define<string | null>({
    name: 'APP_URL',
    meaning: 'address in links, as people type it in their browser',
    fallback: 'http://localhost:$PORT',
    value: (text, problem) => (text === null ? null : origin('APP_URL', text, problem)),
  }),
  databaseUrl: define<string | null>({
    name: 'DATABASE_URL',
    meaning: 'a PostgreSQL of your own, version 15 or later',
    fallback: 'embedded',
    value: (text, problem) => {
      if (text !== null && !hasScheme(text, 'postgres:', 'postgresql:')) {
        problem(
          'DATABASE_URL is not an address of PostgreSQL. Write it as postgres://user:password@host:5432/database.',
        )
      }
      return text
    },
  }),
  dataDir: define({
    name: 'SCAFF_DATA_DIR',
    meaning: 'folder of the embedded database, uploads and generated keys',
    fallback: '.data',
    value: (text) => text ?? '.data',
  }),
  secretKey: define<string | null>({
    name: 'SCAFF_SECRET_KEY',
    meaning: 'master key; needed where several machines share a database',
    fallback: 'generated in the data folder',
    value: (text, problem) => {
      if (text !== null && isWeak(text)) {
        problem(
          `SCAFF_SECRET_KEY is too weak: it needs 32 characters or more that cannot be guessed. Here is a fresh one: ${randomBytes(32).toString('base64url')}`,
        )
      }
      return text
    },
  }),
  workflowSecrets: define<null>({
    name: 'SCAFF_SECRET_<NAME>',
    meaning: 'secret NAME for workflows, where none is stored',
    fallback: 'none',
    value: () => null,
  }),
  egressAllow: define({
    name: 'EGRESS_ALLOW',
    meaning: 'private hosts or CIDRs that workflows may call, comma-separated, any port',
    fallback: 'none',
    value: (text, problem) =>
      list(text).map((entry) => {
        if (!isHostOrRange(entry)) {
          problem(
            `EGRESS_ALLOW: "${entry}" is neither a host nor a CIDR. Write for example "10.0.0.0/8,cms.internal", without scheme, port or path.`,
          )
        }
        return entry.toLowerCase()
      }),
  }),
  leaseSeconds: wholeNumber('LEASE_SECONDS', 'how long a silent worker keeps a step', 30, 2, 3_600),
  workerConcurrency: wholeNumber('WORKER_CONCURRENCY', 'steps a worker runs at once', 50, 1, 1_000),
  openaiApiKey: optional('OPENAI_API_KEY', 'key for OpenAI or a service that speaks its protocol', 'the mock answers'),
  openaiBaseUrl: define<string | null>({
    name: 'OPENAI_BASE_URL',
    meaning: 'address of a service that speaks the protocol of OpenAI',
    fallback: "OpenAI's",
    value: (text, problem) => webAddress('OPENAI_BASE_URL', text, problem),
  }),
  anthropicApiKey: optional('ANTHROPIC_API_KEY', 'key for Anthropic', 'the mock answers'),
  mockAiSeed: wholeNumber('MOCK_AI_SEED', "the mock's seed: the same one gives the same answers", 42, 0, 2 ** 31 - 1),
  mockAiMode: define({
    name: 'MOCK_AI_MODE',
    meaning: `what the mock does: ${MOCK_MODES.join(', ')}; of a comma-separated list, each call takes the next`,
    fallback: 'success',
    value: (text, problem) => {
      const wrong = text === null ? null : checkMockModes(text)
      if (wrong !== null) problem(wrong)
      return text ?? 'success'
    },
  }),
  resendApiKey: optional('RESEND_API_KEY', 'sends mail through Resend', 'mail goes to the Outbox page'),
  smtpUrl: define<string | null>({
    name: 'SMTP_URL',
    meaning: 'sends mail through a mail server',
    fallback: 'mail goes to the Outbox page',
    value: (text, problem) => {
      if (text !== null && !hasScheme(text, 'smtp:', 'smtps:')) {
        problem(
          'SMTP_URL is not the address of a mail server. Write it as smtp://user:password@host:587 or smtps://user:password@host:465.',
        )
      }
      return text
    },
  }),
  mailFrom: define<string | null>({
    name: 'MAIL_FROM',
    meaning: 'sender of mails; needed to send any',
    fallback: 'none',
    value: (text, problem) => {
      if (text !== null && !/^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text)) {
        problem(`MAIL_FROM is not a sender: "${text}". Write it as scaff@example.com or "Scaff <scaff@example.com>".`)
      }
      return text
    },
  }),
  slackWebhookUrl: define<string | null>({
    name: 'SLACK_WEBHOOK_URL',
    meaning: 'incoming webhook for messages to Slack',
    fallback: 'none',
    value: (text, problem) => webAddress('SLACK_WEBHOOK_URL', text, problem),
  }),
  corsOrigins: define({
    name: 'CORS_ORIGINS',
    meaning: 'web origins whose pages may call the API, comma-separated',
    fallback: 'none',
    value: (text, problem) => list(text).map((entry) => origin('CORS_ORIGINS', entry, problem)),
  }),
  trustProxy: define({
    name: 'TRUST_PROXY',
    meaning: 'whether X-Forwarded-For of a proxy in front is believed: on or off',
    fallback: 'off',
    value: (text, problem) => {
      if (text === null || ['off', 'false', '0', 'no'].includes(text.toLowerCase())) return false
      if (['on', 'true', '1', 'yes'].includes(text.toLowerCase())) return true
      problem(`TRUST_PROXY is "${text}". Set it to on or off.`)
      return false
    },
  }),
  logLevel: oneOf('LOG_LEVEL', 'how much is written to the log', LOG_LEVELS, 'info'),
}

type Values = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never }

/**
 * Every setting, read once by a process's composition root and passed on from there.
 * `appUrl` has no slash at the end; `dataDir` may be relative to the working directory; `databaseUrl` and `secretKey` are null where the supervisor provides them;
 * `egressAllow` holds hosts and CIDRs in lower case; `workflowSecrets` are the secrets of `SCAFF_SECRET_<NAME>` by NAME.
 */
export type Env = Omit<Values, 'appUrl' | 'workflowSecrets'> & {
  readonly appUrl: string
  readonly workflowSecrets: Readonly<Record<string, string>>
}

/** Everything that is wrong with the settings, at once; the message is fit to be shown as it is. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    const head = problems.length === 1 ? 'A setting is wrong:' : `${problems.length} settings are wrong:`
    super([head, ...problems.map((problem) => `  - ${problem}`)].join('\n'))
    this.problems = problems
  }
}

/** @throws EnvError listing every problem, each a sentence with the cure. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const problems: string[] = []
  const given = (name: string) => {
    const text = source[name]?.trim()
    return text ? text : null
  }
  const read = <T>(setting: Setting<T>): T => setting.value(given(setting.name), (sentence) => problems.push(sentence))
  const port = read(SETTINGS.port)
  const env: Env = {
    port,
    host: read(SETTINGS.host),
    appUrl: read(SETTINGS.appUrl) ?? `http://localhost:${port}`,
    databaseUrl: read(SETTINGS.databaseUrl),
    dataDir: read(SETTINGS.dataDir),
    secretKey: read(SETTINGS.secretKey),
    workflowSecrets: workflowSecrets(source),
    egressAllow: read(SETTINGS.egressAllow),
    leaseSeconds: read(SETTINGS.leaseSeconds),
    workerConcurrency: read(SETTINGS.workerConcurrency),
    openaiApiKey: read(SETTINGS.openaiApiKey),
    openaiBaseUrl: read(SETTINGS.openaiBaseUrl),
    anthropicApiKey: read(SETTINGS.anthropicApiKey),
    mockAiSeed: read(SETTINGS.mockAiSeed),
    mockAiMode: read(SETTINGS.mockAiMode),
    resendApiKey: read(SETTINGS.resendApiKey),
    smtpUrl: read(SETTINGS.smtpUrl),
    mailFrom: read(SETTINGS.mailFrom),
    slackWebhookUrl: read(SETTINGS.slackWebhookUrl),
    corsOrigins: read(SETTINGS.corsOrigins),
    trustProxy: read(SETTINGS.trustProxy),
    logLevel: read(SETTINGS.logLevel),
  }
  if ((env.resendApiKey || env.smtpUrl) && !env.mailFrom) {
    problems.push(
      `${env.resendApiKey ? 'RESEND_API_KEY' : 'SMTP_URL'} is set but MAIL_FROM is not. Set MAIL_FROM to the sender, for example scaff@example.com.`,
    )
  }
  if (problems.length > 0) throw new EnvError(problems)
  return env
}

/** The table for `--help`, `.env.example` and the documentation. */
export function settingsTable(): readonly {
  readonly name: string
  readonly meaning: string
  readonly fallback: string
}[] {
  return Object.values(SETTINGS).map(({ name, meaning, fallback }) => ({ name, meaning, fallback }))
}

function workflowSecrets(source: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const secrets: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(source)) {
    const secret = /^SCAFF_SECRET_([A-Za-z_][A-Za-z0-9_]*)$/.exec(name)?.[1]
    if (secret && secret !== 'KEY' && value) secrets[secret] = value
  }
  return secrets
}

function wholeNumber(name: string, meaning: string, fallback: number, least: number, most: number): Setting<number> {
  return {
    name,
    meaning,
    fallback: String(fallback),
    value: (text, problem) => {
      if (text === null) return fallback
      const value = Number(text)
      if (/^\d+$/.test(text) && value >= least && value <= most) return value
      problem(
        `${name} is "${text}". Set it to a whole number from ${least} to ${most}, or leave it out for ${fallback}.`,
      )
      return fallback
    },
  }
}

function oneOf<const T extends string>(name: string, meaning: string, values: readonly T[], fallback: T): Setting<T> {
  return {
    name,
    meaning: `${meaning}: ${values.join(', ')}`,
    fallback,
    value: (text, problem) => {
      const found = values.find((value) => value === (text ?? fallback))
      if (found === undefined) problem(`${name} is "${text}". Set it to one of: ${values.join(', ')}.`)
      return found ?? fallback
    },
  }
}

function list(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function hasScheme(text: string, ...schemes: string[]): boolean {
  const url = URL.parse(text)
  return url !== null && schemes.includes(url.protocol) && url.hostname !== ''
}

function webAddress(name: string, text: string | null, problem: (sentence: string) => void): string | null {
  if (text !== null && !hasScheme(text, 'http:', 'https:')) {
    problem(`${name} is not a web address. Write it in full, beginning with https://.`)
  }
  return text
}

function origin(name: string, text: string, problem: (sentence: string) => void): string {
  const url = URL.parse(text)
  if (
    url &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username
  ) {
    return url.origin
  }
  problem(`${name}: "${text}" is not an address like https://scaff.example.com. Give scheme, host and port only.`)
  return text
}

function isHostOrRange(entry: string): boolean {
  const [address, bits, ...rest] = entry.split('/')
  if (address === undefined || rest.length > 0) return false
  const family = isIP(address.replace(/^\[|\]$/g, ''))
  if (bits !== undefined) return family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
  return family !== 0 || /^(?:\*\.)?(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?$/.test(address)
}

/** Fewer than 32 characters, or so few different ones that it was typed by hand. */
function isWeak(key: string): boolean {
  return key.length < 32 || new Set(key).size < 10
}
