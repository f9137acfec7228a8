import { isJsonObject, type Json } from '#lib/json.ts'
import { declaredPart } from '#lib/schema/declared-names.ts'
import type { AiCall, StepError } from '#lib/workflow/events.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { isTrue } from '#lib/workflow/expressions/truth.ts'
import { renderTemplate } from '#lib/workflow/templates/render.ts'
import { evaluateAll } from '../dynamic.ts'
import type { AiAnswer, AiRequest, StepContext, StepExecutor } from '../kit.ts'
import { parseAnswer } from './answer.ts'
import type { AiGenerateConfig } from './definition.ts'
import { firstMessages, type Messages, reask, reaskMessages, sentence, transcript, type Violation } from './prompt.ts'
import { renderStored } from './stored-template.ts'

type Context = StepContext<AiGenerateConfig>

/**
 * Asks the model, checks the answer, and asks again with the exact violations, at most `max_retries` times. Trouble of the
 * provider ends the attempt with its own error, for the step's retry policy; an answer that stays wrong is
 * `ai.schema_validation_failed`, which no retry cures. Every call is in `ai_calls`, whatever became of it.
 */
export const executeAiGenerate: StepExecutor<AiGenerateConfig> = async (context) => {
  const rendered = await renderPrompt(context)
  if ('error' in rendered) return { ok: false, error: rendered.error, input: rendered.input }
  const { config } = context
  const { prompt, template } = rendered
  const input = inputOf(context, rendered)
  const first = firstMessages(prompt, config.output_schema, revisionOf(context))
  const ai_calls: AiCall[] = []
  let messages = first
  let told = transcript(first)
  let violations: readonly Violation[] = []

  for (let retry = 0; retry <= config.max_retries; retry++) {
    const answer = await callModel(context, messages, retry)
    const record = {
      provider: answer.provider,
      model: answer.model,
      template_id: template?.id ?? null,
      template_version: template?.version ?? null,
      retry_count: retry,
      // What was newly said: the first question in full, then each re-ask; the answers between stand in their own records.
      prompt: told,
      tokens_prompt: answer.tokens_prompt,
      tokens_output: answer.tokens_output,
      latency_ms: answer.latency_ms,
      cost_usd: answer.cost_usd,
    }
    if (!answer.ok) {
      ai_calls.push({ ...record, answer: null, violations: [], error: answer.error.message })
      return { ok: false, error: answer.error, input, ai_calls }
    }
    const judged = await judge(context, answer.text)
    violations = judged.violations
    ai_calls.push({ ...record, answer: answer.text, violations, error: null })
    if (violations.length === 0) return { ok: true, output: judged.output, input, ai_calls }
    messages = reaskMessages(first, answer.text, violations)
    told = reask(violations)
  }
  return { ok: false, error: invalid(violations, config.max_retries + 1), input, ai_calls }
}

type Rendered =
  | { readonly prompt: string; readonly template: { readonly id: string; readonly version: number } | null }
  | { readonly error: StepError; readonly input: Json }

/** The prompt with its values, from the step itself or from the stored template. */
async function renderPrompt({ config, scope, prompts }: Context): Promise<Rendered> {
  const input = { prompt: config.prompt, template_id: config.template_id }
  const fail = (code: string, message: string): Rendered => ({
    error: { code, message, retryable: false, retry_after_ms: null },
    input,
  })
  try {
    if (config.template_id === null) return { prompt: renderTemplate(config.prompt ?? '', scope), template: null }
    const template = await prompts.get(config.template_id, config.template_version)
    if (template === null) {
      const version = config.template_version === null ? '' : ` in version ${config.template_version}`
      const cure = 'Create it under Templates, then retry the run.'
      return fail('template.not_found', `There is no template ${config.template_id}${version}. ${cure}`)
    }
    const variables = evaluateAll(config.variables, scope)
    return { prompt: renderStored(template.content, variables, scope), template }
  } catch (error) {
    if (error instanceof ExpressionError) return fail(error.code, `The prompt cannot be filled in: ${error.message}`)
    throw error
  }
}

function inputOf({ config }: Context, rendered: Extract<Rendered, { prompt: string }>): Json {
  return {
    prompt: rendered.prompt,
    ...(rendered.template === null
      ? {}
      : { template_id: rendered.template.id, template_version: rendered.template.version }),
    ...(config.provider === null ? {} : { provider: config.provider }),
    ...(config.model === null ? {} : { model: config.model }),
  }
}

/** What a reviewer asked to be changed, with the answer that was read. */
function revisionOf({ feedback, scope, step }: Context): { feedback: string; earlier: Json | undefined } | null {
  if (feedback === null) return null
  const own = scope.roots.steps?.[step.id]
  return { feedback, earlier: isJsonObject(own) ? own.output : undefined }
}

/** One call with its own deadline. A cancel or a lost lease passes through as the rejection it is. */
async function callModel(context: Context, messages: Messages, retry: number): Promise<AiAnswer> {
  const { config, signal } = context
  const deadline = context.deadline?.(config.timeout_ms) ?? AbortSignal.timeout(config.timeout_ms)
  const began = performance.now()
  const request: AiRequest = {
    provider: config.provider,
    model: config.model,
    messages,
    output_schema: config.output_schema,
    temperature: config.temperature,
    max_tokens: config.max_tokens,
    retry_count: retry,
    idempotencyKey: context.idempotencyKey,
    signal: AbortSignal.any([signal, deadline]),
  }
  try {
    return await context.ai.generate(request)
  } catch (error) {
    if (signal.aborted || !deadline.aborted) throw error
    const message = `The model did not answer within ${config.timeout_ms / 1_000} s. Give the step more time with timeout, or ask for less.`
    return {
      ok: false,
      provider: config.provider ?? 'default',
      model: config.model ?? 'default',
      tokens_prompt: 0,
      tokens_output: 0,
      latency_ms: Math.round(performance.now() - began),
      cost_usd: null,
      error: { code: 'ai.timeout', message, retryable: true, retry_after_ms: null },
    }
  }
}

/** What is wrong with an answer, and what the step's output is when nothing is. */
async function judge(context: Context, text: string): Promise<{ violations: readonly Violation[]; output: Json }> {
  const { config, schemas } = context
  // Text stands in `runtime` under the step's id: that is its output_key where none is given.
  if (config.output_schema === null) return { violations: check(context, text), output: text }
  const parsed = parseAnswer(text)
  if ('violation' in parsed) return { violations: [parsed.violation], output: null }
  const violations = await schemas.validate(config.output_schema, parsed.value)
  return { violations: violations.length > 0 ? violations : check(context, parsed.value), output: parsed.value }
}

/** The author's own rules, evaluated as if the answer were committed already. */
function check({ config, scope }: Context, answer: Json): readonly Violation[] {
  const own = isJsonObject(answer) ? declaredPart(config.output_schema, answer) : {}
  const runtime = { ...scope.roots.runtime, ...own, output: answer }
  const checked = { ...scope, roots: { ...scope.roots, runtime } }
  return config.checks.flatMap((source, i) => {
    try {
      return isTrue(evaluateExpression(source, checked))
        ? []
        : [{ path: `checks[${i}]`, message: `this does not hold: ${source}` }]
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      return [{ path: `checks[${i}]`, message: `this cannot be decided: ${source} (${error.message})` }]
    }
  })
}

const NAMED = 5

function invalid(violations: readonly Violation[], calls: number): StepError {
  const named = violations.slice(0, NAMED).map(sentence).join('; ')
  const more = violations.length > NAMED ? `; and ${violations.length - NAMED} more` : ''
  const message = `The answer did not match the schema after ${calls === 1 ? '1 call' : `${calls} calls`}. ${named}${more}.`
  return { code: 'ai.schema_validation_failed', message, retryable: false, retry_after_ms: null }
}
