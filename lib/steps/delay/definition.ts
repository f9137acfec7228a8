import { z } from 'zod'
import { type Instant, plus } from '#lib/time.ts'
import type { StepReader, TimerStepType } from '#lib/workflow/catalog.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { looksLikeInstant, readInstant } from '#lib/workflow/instant.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { dynamicSlots, evaluateDynamic, isTemplate } from '../dynamic.ts'

export const DelayConfig = z.strictObject({
  for_ms: z.int().min(1).nullable().default(null).meta({ title: 'For', description: 'How long the run rests.' }),
  until: z
    .string()
    .min(1)
    .max(2_000)
    .nullable()
    .default(null)
    .meta({
      title: 'Until',
      description: 'When it goes on: a date, an instant with its zone, or an expression or template that gives one.',
      written: { type: 'string', 'x-kind': 'dynamic' },
    }),
})
export type DelayConfig = z.infer<typeof DelayConfig>

const WRITE = 'Write for example 2026-06-01T09:00:00Z, or 2026-06-01 for its midnight in UTC.'

export const delay: TimerStepType<DelayConfig> = {
  type: 'delay',
  behavior: 'timer',
  source: 'pure',
  label: 'Delay',
  summary: 'Rests for a time, or until an instant.',
  docs: `The run rests and costs nothing meanwhile: \`for: 3d\` counts from when it comes here, \`until\` names the instant itself, as
text (\`2026-06-01T09:00:00Z\`; a date alone is its midnight in UTC) or as an expression or template that gives one. An instant
that has passed is no wait at all.`,
  example: `id: cool_off
type: delay
for: 2h
`,
  aliases: {},
  later: [],
  config: DelayConfig,
  check(config, reader) {
    if (config.for_ms === null && config.until === null) {
      reader.error('step.missing_key', 'A delay needs for: or until:.', [], 'Write for example for: 2h.')
    }
    if (config.for_ms !== null && config.until !== null) {
      const message = 'for and until say two ends of one delay. Keep one of them.'
      reader.error('step.exclusive_keys', message, ['until'], 'for is a length such as 2h, until an instant.')
    }
    checkUntil(config.until, reader)
  },
  slots: ({ until }) =>
    until === null || isWritten(until) ? [] : dynamicSlots([], { until }).map((slot) => ({ ...slot, wants: 'time' })),
  jumps: () => [],
  output: () => ({ type: 'object', properties: {}, additionalProperties: false }),
  until: (config, scope) =>
    config.until === null ? plus(scope.now, config.for_ms ?? 0) : instantOf(config.until, scope),
}

/** Whether the instant itself stands here, rather than an expression or template that gives one. */
function isWritten(until: string): boolean {
  return looksLikeInstant(until) && !isTemplate(until)
}

function checkUntil(until: string | null, reader: StepReader): void {
  if (until === null || !isWritten(until) || readInstant(until) !== null) return
  reader.error('delay.not_a_time', `${until} is no time: a date, or an instant with its zone.`, ['until'], WRITE)
}

function instantOf(until: string, scope: Scope): Instant {
  const value = isWritten(until) ? until : evaluateDynamic(until, scope)
  const at = typeof value === 'string' ? readInstant(value.trim()) : null
  if (at === null) {
    const kind = typeof value === 'string' ? 'a text that is no time' : value === null ? 'nothing' : 'no text'
    const code = typeof value === 'string' ? 'template.value_refused' : 'expression.type'
    throw new ExpressionError(code, `until gives ${kind}. ${WRITE}`, 0, { length: until.length })
  }
  return at
}
