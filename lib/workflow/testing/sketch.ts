import fc from 'fast-check'
import type { Json } from '../../json.ts'
import type { WorkflowDefinition } from '../definition.ts'
import { ONCE, workflow } from '../testkit.ts'

/** What a workflow may hold. `calm`: nothing in it depends on which of two things came first, so its outputs are known. */
export type Weather = 'calm' | 'rough'

type StepInput = Parameters<typeof workflow>[0][number]

/** A step before it has a name; where it jumps to is counted in steps of its own sequence. */
interface Sketch {
  readonly type: string
  readonly when: string | null
  readonly attempts: number
  readonly timeout_ms: number | null
  readonly on_error: number | null
  readonly config: { readonly [key: string]: Json }
  readonly jumps: { readonly [key: string]: number | null }
  readonly blocks: readonly (readonly Sketch[])[]
}

const DEEPEST = 2
const time = fc.constantFrom(1_000, 5_000, 60_000, 3_600_000)
const distance = fc.option(fc.nat(5), { freq: 2 })

/** Whole workflows: sequences, loops, forks inside forks, retries, timeouts, delays, forms and approvals of every policy. */
export function workflows(weather: Weather): fc.Arbitrary<WorkflowDefinition> {
  const rough = weather === 'rough'
  return fc
    .record({
      steps: sequence(weather, 0),
      timeout_ms: rough ? fc.option(time, { freq: 8 }) : fc.constant(null),
      outputs: fc.constantFrom<Json>(null, '{{ runtime.a }}', { kept: 'as it is' }),
    })
    .map(({ steps, timeout_ms, outputs }) => {
      let named = 0
      const name = () => `s${named++}`
      return workflow(built(steps, name, rough), { limits: { timeout_ms }, outputs })
    })
}

function sequence(weather: Weather, depth: number): fc.Arbitrary<readonly Sketch[]> {
  return fc.array(step(weather, depth), { minLength: 1, maxLength: depth === 0 ? 6 : 3 })
}

function step(weather: Weather, depth: number): fc.Arbitrary<Sketch> {
  const rough = weather === 'rough'
  const timeout_ms = rough ? fc.option(time, { freq: 3 }) : fc.constant(null)
  const inner = fc.constant<Sketch['blocks']>([])
  const of = (
    type: string,
    config: fc.Arbitrary<Sketch['config']>,
    jumps: fc.Arbitrary<Sketch['jumps']> = fc.constant({}),
    blocks: fc.Arbitrary<Sketch['blocks']> = inner,
  ): fc.Arbitrary<Sketch> =>
    fc.record({
      type: fc.constant(type),
      when: fc.constantFrom(...Array<null>(16).fill(null), 'false', 'true', 'nobody.knows'),
      attempts: fc.integer({ min: 1, max: 3 }),
      timeout_ms,
      on_error: distance,
      config,
      jumps,
      blocks,
    })
  const effect = fc.record({
    fails: fc.constantFrom(...Array<boolean>(9).fill(false), true),
    a: fc.boolean(),
    b: fc.boolean(),
  })
  const plain = [
    { weight: 4, arbitrary: of('call', effect) },
    { weight: 1, arbitrary: of('write', effect) },
    {
      weight: 1,
      arbitrary: of(
        'sub',
        fc.constantFrom(false, false, false, true).map((fails) => ({ workflow: fails ? 'failing' : 'other', fails })),
      ),
    },
    { weight: 1, arbitrary: of('ask', fc.record({ timeout_ms })) },
    {
      weight: 2,
      arbitrary: of('gate', approval(rough), fc.record({ on_reject: distance, revise: distance, late: distance })),
    },
    {
      weight: 2,
      arbitrary: of('choose', fc.record({ of: fc.constantFrom('a', 'b') }), fc.record({ yes: distance, no: distance })),
    },
    {
      weight: 1,
      arbitrary: of(
        'keep',
        fc.record({ value: fc.constantFrom('1 + 1', '1 + 1', 'runtime', 'inputs', 'nobody.knows') }),
      ),
    },
    { weight: 1, arbitrary: of('pause', fc.record({ ms: fc.oneof(fc.constant(0), time) })) },
  ]
  if (depth === DEEPEST) return fc.oneof(...plain)
  const deeper = fc.constant(null).chain(() => sequence(weather, depth + 1))
  const join = rough ? fc.constantFrom<Json>('all', 'any', { at_least: 2 }) : fc.constant<Json>('all')
  return fc.oneof(
    ...plain,
    {
      weight: 2,
      arbitrary: of('split', fc.record({ join }), fc.constant({}), fc.array(deeper, { minLength: 1, maxLength: 3 })),
    },
    {
      weight: 2,
      arbitrary: of(
        'each',
        fc.record({ items: fc.array(fc.nat(9), { maxLength: 4 }), at_once: fc.option(fc.integer({ min: 1, max: 3 })) }),
        fc.constant({}),
        fc.tuple(deeper),
      ),
    },
  )
}

function approval(rough: boolean): fc.Arbitrary<Sketch['config']> {
  return fc.record({
    policy: fc.constantFrom<Json>('any', 'all', 'sequential', { at_least: 2 }),
    approvers: fc.constantFrom(0, 1, 1, 2, 2, 2, 3, 3, 3).map((n) => people('asked', n)),
    timeout_ms: rough ? fc.option(time) : fc.constant(null),
    reminder_ms: fc.option(time, { freq: 3 }),
    on_timeout: fc.constantFrom('reject', 'approve', 'fail', 'escalate', 'jump'),
    escalate_to: fc.integer({ min: 0, max: 2 }).map((n) => people('boss', n)),
  })
}

function people(name: string, n: number): Json {
  return Array.from({ length: n }, (_, i) => ({ email: `${name}${i}@company.com` }))
}

function built(sketches: readonly Sketch[], name: () => string, backwards: boolean): readonly StepInput[] {
  const ids = sketches.map(name)
  return sketches.map((sketch, i) => {
    // Backwards only now and then: most loops end by the limit on visits, and that takes its time.
    const to = (jump: number | null | undefined): string | null => {
      if (jump === null || jump === undefined) return ids[i + 1] ?? null
      return (backwards ? (jump === 0 ? ids[0] : ids[i + jump]) : ids[i + 1 + jump]) ?? null
    }
    const { type, when, timeout_ms, on_error, attempts, blocks } = sketch
    return {
      id: ids[i] ?? '',
      type,
      when,
      timeout_ms: type === 'call' || type === 'write' ? null : timeout_ms,
      on_error: on_error === null ? null : to(on_error),
      retry: { ...ONCE, max_attempts: attempts, jitter: 0.2 },
      config: configOf(sketch, to, ids[0] ?? null),
      ...(blocks.length > 0
        ? { blocks: Object.fromEntries(blocks.map((inner, b) => [`b${b}`, built(inner, name, backwards)])) }
        : {}),
    }
  })
}

function configOf(
  { type, config, jumps }: Sketch,
  to: (jump: number | null | undefined) => string | null,
  first: string | null,
): object {
  if (type === 'choose') return { ...config, yes: to(jumps.yes), no: to(jumps.no) }
  if (type !== 'gate') return config
  const late = to(jumps.late)
  return {
    ...config,
    on_timeout:
      config.on_timeout === 'jump' ? (late ? { do: 'jump', to: late } : { do: 'fail' }) : { do: config.on_timeout },
    on_reject: jumps.on_reject === null ? null : to(jumps.on_reject),
    on_revise: jumps.revise === null || first === null ? null : { to: first, max: 2 },
  }
}
