import { isJsonObject } from '#lib/json.ts'
import type { HistoryEvent, WaitOutcome } from '#lib/workflow/events.ts'
import type { GraphEdge } from '#lib/workflow/graph.ts'
import { forkOf, forkPath, ROOT } from '#lib/workflow/paths.ts'

/** How a visit of a step ended, as far as it says which way was taken. */
interface Visit {
  readonly step: string
  readonly inside: string
  how: 'went' | 'failed' | 'skipped' | 'canceled' | WaitOutcome
  /** What a conditional decided: `if_true`, `cases[1]`, `default`. */
  branch: string | null
}

/** Which ways of a workflow's graph a run took, told from its history: the branch, the rejection, the timeout, the error. */
export function takenWays(history: readonly HistoryEvent[], edges: readonly GraphEdge[]): ReadonlySet<GraphEdge> {
  const taken = new Set<GraphEdge>()
  const last = new Map<string, Visit>()
  /** The scopes that each fork opened, by its path. */
  const opened = new Map<string, Set<string>>()
  const waits = new Map<string, string>()

  const take = (from: Visit, to: string | null) => {
    const between = edges.filter((edge) => edge.from === from.step && edge.to === to)
    const fitting = between.filter((edge) => fits(edge, from, edges))
    const [edge] = fitting.length > 0 ? fitting : between
    if (edge) taken.add(edge)
  }
  /** From where a run goes on after a visit: after a fork from the ends of what is inside. */
  const ends = (visit: Visit): readonly Visit[] => {
    const inner = visit.how === 'went' ? [...(opened.get(visit.inside) ?? [])] : []
    const left = inner.flatMap((path) => {
      const end = last.get(path)
      return end && end.how !== 'canceled' && end.how !== 'failed' ? ends(end) : []
    })
    return inner.length > 0 ? left : [visit]
  }
  const enter = (path: string, visit: Visit) => {
    const before = last.get(path)
    const fork = forkOf(path)
    if (before) for (const from of ends(before)) take(from, visit.step)
    else if (fork !== null) {
      opened.set(fork, (opened.get(fork) ?? new Set()).add(path))
      const step = fork.slice(fork.lastIndexOf('/') + 1, fork.lastIndexOf('@'))
      take({ step, inside: fork, how: 'went', branch: null }, visit.step)
    }
    last.set(path, visit)
  }
  const ended = (path: string, how: Visit['how'], branch: string | null = null) => {
    const visit = last.get(path)
    if (!visit) return
    // How a wait was closed says more than that its step went on.
    if (visit.how === 'went' || how !== 'went') visit.how = how
    visit.branch = branch
  }

  for (const event of history) {
    switch (event.type) {
      case 'step.started':
        if (event.attempt === 1)
          enter(event.path, { step: event.step, inside: forkPath(event), how: 'went', branch: null })
        break
      case 'step.skipped':
        enter(event.path, { step: event.step, inside: '', how: 'skipped', branch: null })
        break
      case 'step.completed':
        ended(event.path, 'went', isJsonObject(event.output) ? textOf(event.output.branch) : null)
        break
      case 'step.failed':
        if (event.retry_at === null) ended(event.path, 'failed')
        break
      case 'step.canceled':
        ended(event.path, 'canceled')
        break
      case 'wait.opened':
        waits.set(event.wait.key, event.wait.path)
        break
      case 'wait.closed':
        ended(waits.get(event.wait) ?? ROOT, event.outcome)
        break
      case 'run.completed':
        for (const from of last.has(ROOT) ? ends(last.get(ROOT) as Visit) : []) take(from, null)
        break
    }
  }
  return taken
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

const KIND_OF: Readonly<Partial<Record<Visit['how'], GraphEdge['kind']>>> = {
  failed: 'error',
  rejected: 'reject',
  revised: 'revise',
}

function fits(edge: GraphEdge, { step, how, branch }: Visit, edges: readonly GraphEdge[]): boolean {
  const kind = KIND_OF[how]
  if (kind !== undefined) return edge.kind === kind
  // Silence goes where `on_timeout` names a step, else where a rejection or, by its author's word, an approval goes.
  if (how === 'expired')
    return edge.kind === 'timeout' || !edges.some((one) => one.from === step && one.kind === 'timeout')
  if (how === 'skipped') return edge.label?.includes('skipped') === true || edge.kind === 'next'
  if (branch !== null && edge.kind === 'branch') return branchOf(edge, edges) === branch
  return edge.kind === 'next' || edge.kind === 'branch' || edge.kind === 'inside'
}

/** The name under which a conditional's output tells of this edge. */
function branchOf(edge: GraphEdge, edges: readonly GraphEdge[]): string | null {
  if (edge.label === 'true' || edge.label === 'false') return `if_${edge.label}`
  const cases = edges.filter(
    ({ from, kind, label }) => from === edge.from && kind === 'branch' && label !== 'otherwise' && label !== 'skipped',
  )
  return edge.label === 'otherwise' ? 'default' : `cases[${cases.indexOf(edge)}]`
}
