import { describe, expect, it } from 'vitest'
import { EnvError, readEnv, settingsTable } from './env.ts'

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

describe('the settings', () => {
  it('have the documented defaults', () => {
    expect(readEnv({})).toMatchObject({
      port: 3000,
      host: 'localhost',
      appUrl: 'http://localhost:3000',
      databaseUrl: null,
      secretKey: null,
      egressAllow: [],
      leaseSeconds: 30,
      workerConcurrency: 50,
      mockAiSeed: 42,
      mockAiMode: 'success',
      corsOrigins: [],
      trustProxy: false,
      logLevel: 'info',
    })
  })

  it('take an empty text as not given', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: ' ', CORS_ORIGINS: '' })).toEqual(readEnv({}))
  })

  it('build the address of links from the port when none is given, and take the slash off one that is', () => {
    expect(readEnv({ PORT: '3417' }).appUrl).toBe('http://localhost:3417')
    expect(readEnv({ APP_URL: 'https://scaff.example.com/' }).appUrl).toBe('https://scaff.example.com')
  })

  it('read lists and switches', () => {
    const env = readEnv({
      EGRESS_ALLOW: ' 127.0.0.1, 10.0.0.0/8,CMS.internal,::1,fd00::/8 ',
      CORS_ORIGINS: 'https://a.example,http://b.example:8080/',
      TRUST_PROXY: 'on',
    })
    expect(env.egressAllow).toEqual(['127.0.0.1', '10.0.0.0/8', 'cms.internal', '::1', 'fd00::/8'])
    expect(env.corsOrigins).toEqual(['https://a.example', 'http://b.example:8080'])
    expect(env.trustProxy).toBe(true)
  })

  it('hand out secrets for workflows by their name, but never the master key', () => {
    const { workflowSecrets } = readEnv({
      SCAFF_SECRET_CMS_API_KEY: 'k1',
      SCAFF_SECRET_KEY: 'q8Zr2nLw4xTt7yBv0sPd6mKe9jHc3fGa',
      SCAFF_SECRET_: 'nameless',
    })
    expect(workflowSecrets).toEqual({ CMS_API_KEY: 'k1' })
    expect(Object.getPrototypeOf(workflowSecrets)).toBeNull()
  })

  it('report every problem at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      SMTP_URL: 'smtp://mail',
    })
    expect(problems).toHaveLength(4)
    expect(problems.at(-1)).toMatch(/MAIL_FROM/)
  })

  it.each([
    ['PORT', '0'],
    ['PORT', '3e3'],
    ['APP_URL', 'scaff.example.com'],
    ['APP_URL', 'https://example.com/scaff'],
    ['DATABASE_URL', 'localhost:5432'],
    ['SCAFF_SECRET_KEY', 'changeme'],
    ['SCAFF_SECRET_KEY', 'a'.repeat(64)],
    ['EGRESS_ALLOW', 'http://10.0.0.1'],
    ['EGRESS_ALLOW', '10.0.0.0/33'],
    ['LEASE_SECONDS', '-1'],
    ['WORKER_CONCURRENCY', 'many'],
    ['OPENAI_BASE_URL', 'api.example.com'],
    ['MOCK_AI_SEED', '1.5'],
    ['MOCK_AI_MODE', 'chaos'],
    ['SMTP_URL', 'mail.example.com:25'],
    ['MAIL_FROM', 'nobody'],
    ['SLACK_WEBHOOK_URL', 'T00/B00'],
    ['CORS_ORIGINS', '*'],
    ['TRUST_PROXY', 'perhaps'],
    ['LOG_LEVEL', 'verbose'],
  ])('refuse %s=%s with one sentence that names it and ends with the cure', (name, value) => {
    const problems = problemsOf({ MAIL_FROM: 'scaff@example.com', [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(name)
    expect(problems[0]).toMatch(/Set it|Write it|Write for example|Give scheme|Here is a fresh one/)
  })

  it('never repeat a secret or a password in what they report', () => {
    const text = problemsOf({ SCAFF_SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@h/d' }).join()
    expect(text).not.toContain('hunter2')
  })

  it('list each setting once for people', () => {
    const names = settingsTable().map((row) => row.name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('SCAFF_SECRET_<NAME>')
  })
})
