import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createLogger } from './log.ts'

function recording(level = 'info') {
  const lines: Record<string, unknown>[] = []
  const log = createLogger({
    level,
    service: 'worker',
    secrets: { TOKEN: 'canary-value' },
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  })
  return { log, lines }
}

describe('logger', () => {
  it('writes one JSON line with level, time, service and what its parents carry', () => {
    const { log, lines } = recording()
    log.child({ run_id: 'run_1' }).child({ step_id: 'draft' }).info({ n: 1 }, 'step.completed')
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        service: 'worker',
        run_id: 'run_1',
        step_id: 'draft',
        n: 1,
        msg: 'step.completed',
      },
    ])
  })
  it('redacts fields, nested errors and messages', () => {
    const { log, lines } = recording()
    log.error(
      {
        err: new Error('outer', { cause: new Error('sent canary-value to a@b.com') }),
        url: 'https://x.test/?k=canary-value',
      },
      'told canary-value',
    )
    const text = JSON.stringify(lines)
    expect(text).not.toMatch(/canary-value|a@b\.com/)
    expect(lines[0]).toMatchObject({
      msg: 'told [REDACTED:TOKEN]',
      err: { message: 'outer', cause: { message: 'sent [REDACTED:TOKEN] to [REDACTED_EMAIL]' } },
    })
  })
  it('leaves the values of a failed query out', () => {
    const { log, lines } = recording()
    const err = new DrizzleQueryError('select $1', ['run data'], new Error('connection lost'))
    expect(err.message).toContain('run data')
    log.error({ err }, 'failed')
    expect(JSON.stringify(lines)).not.toContain('run data')
    expect(lines[0]).toMatchObject({
      err: { message: 'Failed query: select $1', cause: { message: 'connection lost' } },
    })
  })
  it('keeps quiet below its level', () => {
    const { log, lines } = recording('warn')
    log.debug({}, 'a')
    log.info({}, 'b')
    log.warn({}, 'c')
    expect(lines.map((line) => line.msg)).toEqual(['c'])
  })
  it('survives data that shadows conversion methods', () => {
    const { log, lines } = recording()
    log.info(
      { data: { toJSON: 'x', toString: 'z', valueOf: 'y' }, at: new Date(0), fn: () => 1, none: undefined },
      'odd',
    )
    expect(lines[0]).toMatchObject({
      data: { toJSON: 'x', toString: 'z', valueOf: 'y' },
      at: '1970-01-01T00:00:00.000Z',
      none: null,
    })
  })
  it('survives values that contain themselves, and very deep ones', () => {
    const { log, lines } = recording()
    const circle: Record<string, unknown> = { name: 'circle' }
    circle.self = circle
    const error = new Error('again')
    error.cause = error
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    log.error({ circle, err: error, deep, at: new Date(Number.NaN) }, 'odd')
    expect(lines[0]).toMatchObject({ circle: { name: 'circle', self: { name: 'circle' } }, err: { message: 'again' } })
    expect(JSON.stringify(lines[0])).toContain('[…]')
  })
})
