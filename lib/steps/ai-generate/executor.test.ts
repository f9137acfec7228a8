import { describe, expect, it } from 'vitest'
import type { Json, JsonObject, JsonSchema } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import type { AiAnswer, AiRequest, StepContext } from '../kit.ts'
import { AiGenerateConfig } from './definition.ts'
import { executeAiGenerate } from './executor.ts'

type Reply = string | Extract<AiAnswer, { ok: false }>['error'] | ((signal: AbortSignal) => Promise<AiAnswer>)

const post: JsonSchema = {
  type: 'object',
  properties: { title: { type: 'string', minLength: 10 }, score: { type: 'number' } },
  required: ['title', 'score'],
}
const good = { title: 'Ten characters', score: 90 }
const used = { provider: 'fake', model: 'fake-1', tokens_prompt: 10, tokens_output: 5, latency_ms: 3, cost_usd: 0.01 }

interface Setting {
  readonly config: Partial<AiGenerateConfig>
  readonly replies: readonly Reply[]
  readonly runtime?: JsonObject
  readonly steps?: JsonObject
  readonly output_key?: string
  readonly feedback?: string
  readonly templates?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** Executes one attempt against a model that gives these replies in turn. */
async function execute(setting: Setting) {
  const requests: AiRequest[] = []
  const replies = [...setting.replies]
  const config = AiGenerateConfig.parse(setting.config)
  const context: StepContext<AiGenerateConfig> = {
    step: {
      id: 'draft',
      type: 'ai_generate',
      name: null,
      next: null,
      when: null,
      retry: null,
      timeout_ms: null,
      on_error: null,
      output_key: setting.output_key ?? null,
      config: {},
    },
    config,
    scope: {
      roots: { runtime: setting.runtime ?? { topic: 'tea' }, static: {}, steps: setting.steps ?? {} },
      now: '2026-01-01T00:00:00.000Z',
    },
    activity: { path: 'root', step: 'draft', visit: 1, attempt: 1, epoch: 0 },
    idempotencyKey: 'run_1:root:draft:1:0',
    requestId: 'req_1',
    signal: setting.signal ?? new AbortController().signal,
    feedback: setting.feedback ?? null,
    sent: () => Promise.reject(new Error('a model may be asked again')),
    ai: {
      async generate(request) {
        requests.push(request)
        const reply = replies.shift() ?? 'no more replies'
        if (typeof reply === 'function') return await reply(request.signal)
        return typeof reply === 'string' ? { ok: true, text: reply, ...used } : { ok: false, error: reply, ...used }
      },
    },
    http: { request: () => Promise.reject(new Error('an AI step makes no call of its own')) },
    schemas: { validate: async (schema, value) => validateInterpreted(schema, value) },
    prompts: {
      async get(id, version) {
        const content = setting.templates?.[id]
        return content === undefined ? null : { id, version: version ?? 3, content }
      },
    },
  }
  return { result: await executeAiGenerate(context), requests }
}

const prompt = 'Write about {{ topic }}.'
const json = (value: Json) => JSON.stringify(value)
const lines = (...text: string[]) => text.join('\n')

describe('ai_generate', () => {
  it('asks once and answers the object when it fits', async () => {
    const { result, requests } = await execute({ config: { prompt, output_schema: post }, replies: [json(good)] })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      output_schema: post,
      retry_count: 0,
      idempotencyKey: 'run_1:root:draft:1:0',
      messages: [
        { role: 'system', content: expect.stringContaining(JSON.stringify(post, null, 2)) },
        { role: 'user', content: 'Write about tea.' },
      ],
    })
    expect(result).toMatchObject({
      ok: true,
      output: good,
      input: { prompt: 'Write about tea.' },
      ai_calls: [{ ...used, template_id: null, retry_count: 0, answer: json(good), violations: [], error: null }],
    })
  })

  it('asks again with the exact violations and the answer they are about', async () => {
    const bad = json({ title: 'Short', score: 'high' })
    const worse = json({ title: 'Now it is long enough' })
    const { result, requests } = await execute({
      config: { prompt, output_schema: post },
      replies: [bad, worse, json(good)],
    })
    const first = requests[0]?.messages ?? []
    expect(requests.map(({ retry_count }) => retry_count)).toEqual([0, 1, 2])
    const secondAsk = lines(
      'Your answer does not fit. This is wrong with it:',
      '',
      '- title: must be at least 10 characters; it has 5',
      '- score: must be a number, not text',
      '',
      'Correct exactly this and answer with the whole JSON again, without any other text.',
    )
    expect(requests[1]?.messages).toEqual([
      ...first,
      { role: 'assistant', content: bad },
      { role: 'user', content: secondAsk },
    ])
    expect(requests[2]?.messages).toEqual([
      ...first,
      { role: 'assistant', content: worse },
      { role: 'user', content: expect.stringContaining('- score: is required') },
    ])
    expect(result).toMatchObject({
      ok: true,
      output: good,
      ai_calls: [
        { retry_count: 0, answer: bad, violations: [{ path: 'title' }, { path: 'score' }] },
        { retry_count: 1, answer: worse, prompt: secondAsk, violations: [{ path: 'score', message: 'is required' }] },
        { retry_count: 2, answer: json(good), violations: [] },
      ],
    })
  })

  it('gives up after max_retries re-asks and says what was wrong', async () => {
    const { result, requests } = await execute({ config: { prompt, output_schema: post }, replies: ['{}', '{}', '{}'] })
    expect(requests).toHaveLength(3)
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'ai.schema_validation_failed',
        retryable: false,
        message: 'The answer did not match the schema after 3 calls. title: is required; score: is required.',
      },
      ai_calls: [{}, {}, {}],
    })
    const none = await execute({ config: { prompt, output_schema: post, max_retries: 0 }, replies: ['{}'] })
    expect(none.requests).toHaveLength(1)
    expect(none.result).toMatchObject({ ok: false, error: { message: expect.stringContaining('after 1 call.') } })
  })

  it.each([
    ['a code fence', `\`\`\`json\n${json(good)}\n\`\`\``],
    ['words around a fence', `Here you are:\n\`\`\`\n${json(good)}\n\`\`\`\nEnjoy!`],
    ['white space', `\n\n  ${json(good)}\n`],
  ])('forgives %s', async (_, text) => {
    const { result } = await execute({ config: { prompt, output_schema: post }, replies: [text] })
    expect(result).toMatchObject({ ok: true, output: good })
  })

  it.each([
    ['no JSON', 'Sure! Here is your post.', 'is not valid JSON'],
    ['half of it', '{"title": "Ten char', 'is not valid JSON'],
    ['reserved names', '{"title": "Ten characters", "score": 1, "__proto__": {"polluted": true}}', 'named __proto__'],
    ['endless text', `"${'x'.repeat(1_000_001)}"`, 'longer than 1,000,000'],
  ])('counts %s as a violation', async (_, text, says) => {
    const { result, requests } = await execute({ config: { prompt, output_schema: post }, replies: [text, json(good)] })
    expect(result).toMatchObject({ ok: true, output: good })
    expect(requests[1]?.messages.at(-1)?.content).toContain(says)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('keeps a fence that is part of the answer', async () => {
    const code = { title: 'How to fence', score: 1, body: 'Write:\n```js\n1\n```' }
    const { result } = await execute({ config: { prompt, output_schema: post }, replies: [json(code)] })
    expect(result).toMatchObject({ ok: true, output: code })
  })

  it('takes a check that does not hold, or cannot be decided, for a violation', async () => {
    const config = { prompt, output_schema: post, checks: ['score > 80', 'output.title != topic', 'missing_name > 1'] }
    const { result, requests } = await execute({
      config,
      replies: [json({ ...good, score: 10 }), json(good), json(good)],
    })
    expect(requests[1]?.messages.at(-1)?.content).toContain('- checks[0]: this does not hold: score > 80')
    expect(requests[1]?.messages.at(-1)?.content).not.toContain('checks[1]')
    expect(requests[2]?.messages.at(-1)?.content).toContain('- checks[2]: this cannot be decided: missing_name > 1')
    expect(result).toMatchObject({ ok: false, error: { code: 'ai.schema_validation_failed' } })
    const fine = await execute({ config: { ...config, checks: ['score > 80'] }, replies: [json(good)] })
    expect(fine.result).toMatchObject({ ok: true, output: good })
  })

  it('answers text as it is; where it stands is said by the output_key, which is the step’s id unless given', async () => {
    const plain = await execute({ config: { prompt }, replies: ['A text about tea.'] })
    expect(plain.requests[0]).toMatchObject({
      output_schema: null,
      messages: [{ role: 'user', content: 'Write about tea.' }],
    })
    expect(plain.result).toMatchObject({ ok: true, output: 'A text about tea.' })
  })

  it('ends the attempt with the provider’s own error, and keeps the calls before it', async () => {
    const error = { code: 'ai.rate_limited', message: 'Slow down.', retryable: true, retry_after_ms: 7_000 }
    const { result } = await execute({ config: { prompt, output_schema: post }, replies: ['{}', error] })
    expect(result).toMatchObject({
      ok: false,
      error,
      ai_calls: [{ answer: '{}' }, { answer: null, error: 'Slow down.', retry_count: 1 }],
    })
  })

  it('fills in a stored prompt and tells which version was used', async () => {
    const { result, requests } = await execute({
      config: { template_id: 'note', variables: { topic: 'topic', words: '{{ 2 * 50 }}' } },
      templates: { note: 'About {topic} in {words} words, as {"json": true}.' },
      replies: ['Done.'],
    })
    expect(requests[0]?.messages[0]?.content).toBe('About tea in 100 words, as {"json": true}.')
    expect(result).toMatchObject({
      ok: true,
      input: { template_id: 'note', template_version: 3 },
      ai_calls: [{ template_id: 'note', template_version: 3 }],
    })
  })

  it('reads both spellings of a variable in a stored prompt, and renders once', async () => {
    const { requests } = await execute({
      config: { template_id: 'note', variables: { topic: 'topic' } },
      runtime: { topic: '{{ audience }} {audience}', audience: 'developers' },
      templates: { note: 'On {topic} for {{ audience | upper }}.{% raw %} {topic}{% endraw %}' },
      replies: ['Done.'],
    })
    expect(requests[0]?.messages[0]?.content).toBe('On {{ audience }} {audience} for DEVELOPERS. {topic}')
  })

  it('asks nobody when the prompt cannot be filled in', async () => {
    for (const [config, code] of [
      [{ prompt: 'About {{ nobody }}' }, 'expression.unknown_variable'],
      [{ template_id: 'gone' }, 'template.not_found'],
      [{ template_id: 'note', variables: {} }, 'expression.unknown_variable'],
    ] as const) {
      const { result, requests } = await execute({ config, templates: { note: '{topic}' }, replies: [] })
      expect(requests).toEqual([])
      expect(result).toMatchObject({ ok: false, error: { code, retryable: false } })
    }
  })

  it('hands a reviewer’s comment to the model, with the answer it is about', async () => {
    const { requests } = await execute({
      config: { prompt, output_schema: post },
      steps: { draft: { output: good } },
      feedback: 'Make it shorter.',
      replies: [json(good)],
    })
    expect(requests[0]?.messages[1]?.content).toBe(
      lines(
        'Write about tea.',
        '',
        'Your earlier answer was:',
        '',
        JSON.stringify(good, null, 2),
        '',
        'A reviewer read it and asks for this change:',
        '',
        'Make it shorter.',
        '',
        'Answer anew, with this change made.',
      ),
    )
  })

  const hang = (signal: AbortSignal) =>
    new Promise<AiAnswer>((_, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason))
    })

  it('says ai.timeout when a call takes longer than the step allows', async () => {
    const { result } = await execute({ config: { prompt, timeout_ms: 20 }, replies: [hang] })
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'ai.timeout', retryable: true, message: expect.stringContaining('within 0.02 s') },
      ai_calls: [{ answer: null }],
    })
  })

  it('stops when the attempt is aborted, with the reason', async () => {
    const controller = new AbortController()
    const pending = execute({ config: { prompt }, replies: [hang], signal: controller.signal })
    controller.abort(new Error('the run was canceled'))
    await expect(pending).rejects.toThrow('the run was canceled')
  })
})
