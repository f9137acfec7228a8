import type { AnalyticsPeriod } from '#lib/contracts/analytics.ts'

/** What a person chose: a period up to now, or days from … to, both included, in their own zone. */
export type RangeChoice = { readonly period: AnalyticsPeriod } | { readonly from: string; readonly to: string }

export const PERIOD_WORDS: Readonly<Record<AnalyticsPeriod, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What an address says; anything it does not say well is left to the default. */
export function readRange(get: (name: string) => string | null): RangeChoice | null {
  const range = get('range')
  if (range === '24h' || range === '7d' || range === '30d') return { period: range }
  const [from, to] = [get('from'), get('to')]
  return from && to && isDay(from) && isDay(to) && from <= to ? { from, to } : null
}

export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text))
}

/** As it stands in an address. */
export function rangeParams(choice: RangeChoice | null): Readonly<Record<'range' | 'from' | 'to', string | null>> {
  if (choice === null) return { range: null, from: null, to: null }
  return 'period' in choice ? { range: choice.period, from: null, to: null } : { range: null, ...choice }
}

/** The instants between which days lie, on the wall of whoever looks. */
export function instantsOf({ from, to }: { readonly from: string; readonly to: string }) {
  const end = new Date(`${to}T00:00`)
  end.setDate(end.getDate() + 1)
  return { from: new Date(`${from}T00:00`).toISOString(), to: end.toISOString() }
}

/** What analytics are asked for a choice. */
export function analyticsInput(choice: RangeChoice, zone: string) {
  return 'period' in choice ? { period: choice.period, zone } : { ...instantsOf(choice), zone }
}

/** "the 7 days before": what figures are compared with. */
export function beforeWords(choice: RangeChoice): string {
  return 'period' in choice ? `the ${PERIOD_WORDS[choice.period]} before` : 'as many days before'
}
