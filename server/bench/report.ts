import type { BenchCase, Figure } from './bench-case.ts'
import type { Machine } from './machine.ts'

export interface Report {
  readonly machine: Machine
  readonly cases: readonly BenchCase[]
}

/** What `--json` prints: the figures alone, so that a program can rely on their shape. */
export function toJson({ machine, cases }: Report): string {
  return JSON.stringify({ machine, cases: cases.map(figure) }, null, 2)
}

function figure({ name, value, unit, baseline, ratio, p50, p95, p99 }: BenchCase): Figure {
  return { name, value, unit, baseline, ratio, p50, p95, p99 }
}

const HEAD = ['case', 'value', 'unit', 'baseline', 'ratio', 'p50', 'p95', 'p99', 'load', '']

/** For people: one line per case, and under the table what each is. */
export function toTable({ machine, cases }: Report): string {
  const rows = cases.map((c) => {
    const load = machine.load.find(({ cases: names }) => names.includes(c.name))
    const loads = load ? `${load.before} → ${load.after}` : ''
    const numbers = [c.value, c.unit, c.baseline, c.ratio, c.p50, c.p95, c.p99].map((cell) => String(cell ?? '–'))
    return [c.name, ...numbers, loads, load?.noisy ? 'noisy' : '']
  })
  const widths = HEAD.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  const { cpu, cores, memory_gb, node, commit, postgres } = machine
  return [
    `${cpu}, ${cores} cores, ${memory_gb} GB; Node ${node}; commit ${commit}`,
    Object.entries(postgres)
      .map(([name, setting]) => `${name} ${setting}`)
      .join(', '),
    '',
    ...[HEAD, ...rows].map(line),
    '',
    ...cases.map(({ name, note }) => `${name}: ${note}`),
  ].join('\n')
}
