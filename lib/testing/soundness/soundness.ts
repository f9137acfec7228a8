import { stepCatalog } from '#lib/steps/definitions.ts'
import { normalise } from '#lib/workflow/normalise.ts'
import { createReporter } from '#lib/workflow/normalise-report.ts'
import { parseText } from '#lib/workflow/parse.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { Chance } from './chance.ts'
import { playOnce } from './play.ts'
import { randomWorkflow } from './workflows.ts'

export interface SoundnessOptions {
  readonly seed: number
  /** How many accepted workflows are to be played. */
  readonly accepted: number
  /** Of each accepted one. */
  readonly runs: number
  /** Of each that was refused for what it reads: how many runs are tried until one fails. */
  readonly tries: number
  /** Told of what was refused by other codes than those of types and names. */
  readonly verbose?: (text: string) => void
}

export interface SoundnessReport {
  readonly made: number
  readonly accepted: number
  readonly runs: number
  readonly steps: number
  readonly ends: Readonly<Record<string, number>>
  /** Refused, by the code of the first error. */
  readonly refused: Readonly<Record<string, number>>
  /** Of those refused for what would fail: how many were seen to fail. */
  readonly doubted: number
  readonly failing: number
  /** What an accepted workflow failed with. */
  readonly unsound: readonly { readonly seed: number; readonly failures: readonly string[]; readonly text: string }[]
}

/** Codes that say a run can fail; a comparison that is always false fails none. */
const WOULD_FAIL: ReadonlySet<string> = new Set([
  'variable.unknown',
  'variable.maybe_missing',
  'type.nullable',
  'type.mismatch',
])

/** Random workflows through the checker: those it accepts must not fail for a reason it promises to find. */
export async function soundness({ seed, accepted: wanted, runs, tries }: SoundnessOptions): Promise<SoundnessReport> {
  const count = { made: 0, accepted: 0, runs: 0, steps: 0, doubted: 0, failing: 0 }
  const ends: Record<string, number> = {}
  const refused: Record<string, number> = {}
  const unsound: { seed: number; failures: readonly string[]; text: string }[] = []
  while (count.accepted < wanted && unsound.length < 5 && count.made < wanted * 20) {
    const own = seed + count.made
    count.made++
    const text = randomWorkflow(new Chance(own))
    const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const chance = new Chance(own + 0x5eed)
    if (definition !== null) {
      count.accepted++
      for (let i = 0; i < runs; i++) {
        const played = await playOnce(definition, chance)
        if (played === null) continue
        count.runs++
        count.steps += played.steps
        ends[played.status] = (ends[played.status] ?? 0) + 1
        if (played.unsound.length === 0) continue
        unsound.push({ seed: own, failures: played.unsound, text })
        break
      }
      continue
    }
    const code = errors[0]?.code ?? 'none'
    refused[code] = (refused[code] ?? 0) + 1
    if (tries === 0 || !errors.every((one) => WOULD_FAIL.has(one.code))) continue
    const draft = unchecked(text)
    if (draft === null) continue
    count.doubted++
    for (let i = 0; i < tries; i++) {
      const played = await playOnce(draft, chance)
      if (played === null || played.unsound.length === 0) continue
      count.failing++
      break
    }
  }
  return { ...count, ends, refused, unsound }
}

/** The canonical form of a text that was refused, as if it had been accepted. */
function unchecked(text: string) {
  const { source } = parseText(text)
  return source === null ? null : (normalise(source, stepCatalog, createReporter(source))?.definition ?? null)
}
