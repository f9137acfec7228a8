import type { AiCallEntry, HistoryStep, StepSummary } from './contracts/run-steps.ts'
import { isJsonObject } from './json.ts'

/** An attempt without its bodies. `seq`: of the event that changed it last; `began_at`: when a worker took it up. */
export function summaryOf(step: HistoryStep, seq: number, began_at: string | null): StepSummary {
  const { input, output: _output, ai_calls, decisions, ...rest } = step
  const until = step.status === 'waiting' && isJsonObject(input) ? input.until : undefined
  return {
    ...rest,
    ...(typeof until === 'string' ? { until } : {}),
    seq,
    began_at,
    ai: aiSummary(ai_calls),
    decisions: decisions.map(({ approver, decision, at }) => ({ approver, decision, at })),
  }
}

type Counted = Pick<AiCallEntry, 'provider' | 'tokens_prompt' | 'tokens_output' | 'cost_usd'>

/** What an attempt's calls to a model took together. One price that is not known leaves the sum unknown. */
export function aiSummary(calls: readonly Counted[]): StepSummary['ai'] {
  if (calls.length === 0) return null
  const prices = calls.map((call) => call.cost_usd)
  return {
    calls: calls.length,
    tokens: sum(calls.map((call) => call.tokens_prompt + call.tokens_output)),
    cost_usd: prices.includes(null) ? null : sum(prices.map((price) => price ?? 0)),
    mock: calls.some((call) => call.provider === 'mock'),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
