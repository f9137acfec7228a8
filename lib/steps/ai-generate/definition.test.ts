import { describe, expect, it } from 'vitest'
import { flow, judge, only } from '#lib/workflow/validate-testkit.ts'
import { stepOf } from '../testkit.ts'
import { type AiGenerateConfig, aiGenerate } from './definition.ts'

const config = (yaml: string) => stepOf(`id: draft\ntype: ai_generate\n${yaml}`).config as unknown as AiGenerateConfig

describe('an AI step', () => {
  it('has the defaults of the language', () => {
    expect(config('prompt: Hi')).toEqual({
      provider: null,
      model: null,
      prompt: 'Hi',
      template_id: null,
      template_version: null,
      variables: {},
      output_schema: null,
      max_retries: 2,
      checks: [],
      temperature: null,
      max_tokens: null,
      timeout_ms: 60_000,
      on_invalid: 'fail',
    })
  })

  it.each([
    ['template_id: blog_draft_v3', { template_id: 'blog_draft_v3', template_version: null }],
    ['template_id: blog_draft@2', { template_id: 'blog_draft', template_version: 2 }],
    ['template_id: a\nvariables: [topic, runtime.tone]', { variables: { topic: 'topic', tone: 'runtime.tone' } }],
    [
      'template_id: a\nvariables: {topic: "{{ topic }}", n: 3, up: topic | upper}',
      { variables: { topic: '{{ topic }}', n: 3, up: 'topic | upper' } },
    ],
    [
      'prompt: x\nchecks: ["len(output) > 5", {field: output, operator: neq, value: ""}]',
      { checks: ['len(output) > 5', "output != ''"] },
    ],
    [
      'prompt: x\nprovider: mock\nmodel: m\ntemperature: 0.2\nmax_tokens: 10\nmax_retries: 0\ntimeout: 5m',
      { provider: 'mock', model: 'm', temperature: 0.2, max_tokens: 10, max_retries: 0, timeout_ms: 300_000 },
    ],
  ])('reads %s', (yaml, expected) => {
    expect(config(yaml)).toMatchObject(expected)
  })

  it('asks a provider in trouble three times, and only that', () => {
    expect(aiGenerate.retry(config('prompt: x'))).toMatchObject({
      max_attempts: 3,
      on: ['ai.timeout', 'ai.unavailable', 'ai.rate_limited'],
    })
  })

  it('gives text, or what its schema says', () => {
    expect(aiGenerate.output(config('prompt: x'))).toEqual({ type: 'string' })
    expect(aiGenerate.output(config('prompt: x\noutput_schema: {type: object}'))).toEqual({ type: 'object' })
  })

  it('tells which template it needs', () => {
    expect(aiGenerate.templates?.(config('template_id: a@3'))).toEqual([{ id: 'a', version: 3, path: ['template_id'] }])
    expect(aiGenerate.templates?.(config('prompt: a'))).toEqual([])
  })

  it.each([
    ['nothing to ask', '', "step.missing_key 'id'"],
    ['both a prompt and a template', 'prompt: x\ntemplate_id: y', "step.exclusive_keys 'template_id'"],
    ['an unknown provider', 'prompt: x\nprovider: opnai', "step.wrong_type 'opnai'"],
    ['a version that is none', 'template_id: a@new', "template.bad_version 'a@new'"],
    ['two versions', 'template_id: a@1@2', "template.bad_version 'a@1@2'"],
    ['a version no table holds', 'template_id: a\ntemplate_version: 3000000000', "step.wrong_type '3000000000'"],
    ['variables that are none', 'template_id: a\nvariables: topic', "step.wrong_type 'topic'"],
    ['a variable that is no name', 'template_id: a\nvariables: [topic + 1]', "step.wrong_type 'topic + 1'"],
    ['a reserved variable', 'template_id: a\nvariables: [steps]', "step.wrong_type 'steps'"],
    ['a variable that is wrong', 'template_id: a\nvariables: {b: "1 + * 2"}', "expression.syntax '*'"],
    ['a schema that is no mapping', 'prompt: x\noutput_schema: [a]', "step.wrong_type 'output_schema'"],
    ['too many re-asks', 'prompt: x\nmax_retries: 11', "step.wrong_type '11'"],
    ['half a re-ask', 'prompt: x\nmax_retries: 1.5', "step.wrong_type '1.5'"],
    ['a negative number of re-asks', 'prompt: x\nmax_retries: -1', "step.wrong_type '-1'"],
    ['a temperature above all', 'prompt: x\ntemperature: 3', "step.wrong_type '3'"],
    ['a timeout without end', 'prompt: x\ntimeout: 2d', "step.wrong_type '2d'"],
    ['a check that is none', 'prompt: x\nchecks: [5]', "condition.wrong_type '5'"],
    ['checks that are no list', 'prompt: x\nchecks: a', "step.wrong_type 'a'"],
    ['on_invalid that is none', 'prompt: x\non_invalid: retry', "step.wrong_type 'retry'"],
    ['an unknown key', 'promt: x\nprompt: x', "step.unknown_key 'promt'"],
  ])('refuses %s', (_, yaml, expected) => {
    expect(judge(flow(`id: draft\ntype: ai_generate\n${yaml}`)).errors).toEqual([expected])
  })

  it('checks its schema when the workflow is saved, at the keyword', () => {
    const text = flow(
      'id: draft\ntype: ai_generate\nprompt: x\njson_schema:\n  type: object\n  properties:\n    a: {type: strin}\n    b: {pattern: "(?=x)"}',
    )
    expect(judge(text).errors.map((e) => e.replace(/^\S+ /, ''))).toEqual(["'strin'", `'"(?=x)"'`])
  })

  it.each(['on_invalid: ask_human', 'on_invalid: {use: {title: x}}'])('saves %s with a warning', (key) => {
    expect(judge(flow(`id: draft\ntype: ai_generate\nprompt: x\n${key}`))).toEqual({
      errors: [],
      warnings: ["not_yet_effective 'on_invalid'"],
    })
    expect(config(`prompt: x\n${key}`).on_invalid).toBe('fail')
  })

  it('says that variables fill stored templates only', () => {
    expect(judge(flow('id: draft\ntype: ai_generate\nprompt: x\nvariables: {a: 1}')).warnings).toEqual([
      "ai.variables_unused 'variables'",
    ])
  })

  it.each([
    ['about {topic}', 1],
    ['about {{topic}} and {{ topic }}', 0],
    ['as JSON: {"title": {}}', 0],
  ])('says that single braces stay as they are: %s', (prompt, count) => {
    const { warnings } = judge(flow(`id: draft\ntype: ai_generate\nprompt: ${JSON.stringify(prompt)}`))
    expect(warnings.filter((w) => w.startsWith('ai.single_braces'))).toHaveLength(count)
  })

  it('says what fits where a value does not', () => {
    const text = (key: string) => flow(`id: draft\ntype: ai_generate\nprompt: x\n${key}`)
    expect(only(text('provider: opnai'), 'step.wrong_type')).toMatchObject({
      message: 'provider is openai, anthropic or mock.',
      hint: 'Did you mean openai?',
    })
    expect(only(text('max_tokens: many'), 'step.wrong_type').message).toBe('max_tokens is a number.')
    expect(only(text('max_retries: 1.5'), 'step.wrong_type').message).toBe('max_retries is a whole number.')
    expect(only(text('max_retries: 11'), 'step.wrong_type').message).toBe('max_retries is at most 10.')
    expect(only(text('model: ""'), 'step.wrong_type').message).toBe('model is empty; write something.')
  })
})
