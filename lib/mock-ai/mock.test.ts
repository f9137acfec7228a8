import { describe, expect, it } from 'vitest'
import type { Json, JsonSchema } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import type { AiAnswer, AiRequest } from '#lib/steps/kit.ts'
import { makeInstance } from './instance.ts'
import { createMockProvider } from './mock.ts'
import { parseMockModes } from './modes.ts'
import { SAMPLE_SCHEMAS } from './sample-schemas.ts'
import { violate } from './violate.ts'

const post: JsonSchema = SAMPLE_SCHEMAS['blog post'] ?? {}

function request(more: Partial<AiRequest> = {}): AiRequest {
  return {
    provider: null,
    model: null,
    messages: [{ role: 'user', content: 'Write a blog post about AI for developers.' }],
    output_schema: post,
    temperature: null,
    max_tokens: null,
    retry_count: 0,
    idempotencyKey: 'run_1:root:draft:1:0',
    signal: new AbortController().signal,
    ...more,
  }
}

const mock = (mode = 'success', seed = 42) => createMockProvider({ seed, modes: parseMockModes(mode) })

function textOf(answer: AiAnswer): string {
  return answer.ok ? answer.text : answer.error.code
}

function fits(answer: AiAnswer): boolean {
  const value: Json = JSON.parse(textOf(answer))
  return validateInterpreted(post, value).length === 0
}

describe('the mock', () => {
  it('gives the same answer to the same question, and another to another seed or prompt', async () => {
    const first = textOf(await mock().generate(request()))
    expect(textOf(await mock().generate(request()))).toBe(first)
    expect(textOf(await mock('success', 7).generate(request()))).not.toBe(first)
    const other = request({ messages: [{ role: 'user', content: 'Write a blog post about tea.' }] })
    expect(textOf(await mock().generate(other))).not.toBe(first)
  })

  it('writes about what it was asked, in sentences and plausible numbers, and counts what it used', async () => {
    const answer = await mock().generate(request())
    const made: { title: string; body: string; quality_score: number } = JSON.parse(textOf(answer))
    expect(made.title).toContain('AI')
    expect(made.body.split('. ').length).toBeGreaterThan(5)
    expect(made.quality_score).toBeGreaterThanOrEqual(0)
    expect(made.quality_score).toBeLessThanOrEqual(100)
    expect(answer).toMatchObject({ provider: 'mock', model: 'mock-1', cost_usd: 0 })
    expect(answer.tokens_prompt).toBeGreaterThan(0)
    expect(answer.tokens_output).toBeGreaterThan(0)
  })

  it('answers in prose where no schema is given', async () => {
    const text = textOf(await mock().generate(request({ output_schema: null })))
    expect(text.split('. ').length).toBeGreaterThan(3)
  })

  it('violates the schema always', async () => {
    const own = mock('schema_violation')
    for (let retry = 0; retry < 3; retry++)
      expect(fits(await own.generate(request({ retry_count: retry })))).toBe(false)
  })

  it('violates it in the first call of each attempt only', async () => {
    const own = mock('schema_violation_once')
    expect(fits(await own.generate(request()))).toBe(false)
    expect(fits(await own.generate(request({ retry_count: 1 })))).toBe(true)
    expect(fits(await own.generate(request()))).toBe(false)
  })

  it('walks along a list of modes by the calls of a step', async () => {
    const own = mock('transient_error,schema_violation,success')
    expect(await own.generate(request())).toMatchObject({
      ok: false,
      error: { code: 'ai.unavailable', retryable: true },
    })
    expect(fits(await own.generate(request()))).toBe(false)
    expect(fits(await own.generate(request({ retry_count: 1 })))).toBe(true)
    expect(fits(await own.generate(request()))).toBe(true)
    expect(await own.generate(request({ idempotencyKey: 'another step' }))).toMatchObject({ ok: false })
  })

  it('never answers in mode timeout; the abort ends it with its reason', async () => {
    const controller = new AbortController()
    const pending = mock('timeout').generate(request({ signal: controller.signal }))
    controller.abort(new Error('deadline'))
    await expect(pending).rejects.toThrow('deadline')
  })

  it('says so when nothing fits the schema', async () => {
    const contradiction = { allOf: [{ type: 'string' }, { type: 'number' }] }
    const endless = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } }
    for (const schema of [contradiction, endless]) {
      expect(await mock().generate(request({ output_schema: schema }))).toMatchObject({
        ok: false,
        error: { code: 'ai.no_answer', retryable: false },
      })
    }
  })

  for (const [name, schema] of Object.entries(SAMPLE_SCHEMAS)) {
    it(`breaks when told to: ${name}`, () => {
      const text = violate(schema, makeInstance(schema, 'x', 3)?.value ?? null)
      let value: Json | undefined
      try {
        value = JSON.parse(text)
      } catch {
        // No JSON at all: what remains for a schema that everything fits.
        expect(schema).toEqual({})
      }
      if (value !== undefined) expect(validateInterpreted(schema, value)).not.toEqual([])
    })
  }
})
