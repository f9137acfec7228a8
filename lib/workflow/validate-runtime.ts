import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { type Graph, reachable } from './validate-graph.ts'
import { contribution, type Provided } from './validate-provided.ts'

/** Values of `runtime` that a later step writes over, and those that somebody approved before. */
export function checkRuntime(steps: readonly StepDraft[], provided: Provided, graph: Graph, reporter: Reporter): void {
  const flagged = checkApproved(steps, provided, graph, reporter)
  for (const [name, providers] of provided.names) {
    for (const later of providers) {
      if (later === null || flagged.has(key(later, name))) continue
      const earlier = providers.find(
        (other) => other !== later && mayPrecede(other, later, graph) && !expected(other, later),
      )
      if (earlier === undefined) continue
      const from = earlier === null ? 'the input' : `the one of step ${earlier.step.id}`
      const message = `${later.step.id} writes runtime.${name} over ${from}. Give ${later.step.id} an output_key, or read steps.<id>.output where it matters.`
      reporter.warning('runtime.collision', message, [...later.path, 'id'])
    }
  }
}

/** The latest approval and the latest call are what `runtime.approved` and `runtime.api_response` are for. */
function expected(earlier: StepDraft | null, later: StepDraft): boolean {
  if (earlier === null || earlier.step.type !== later.step.type) return false
  if (earlier.step.output_key !== null || later.step.output_key !== null) return false
  return later.type?.source === 'decision' || later.type?.merge !== undefined
}

function mayPrecede(earlier: StepDraft | null, later: StepDraft, graph: Graph): boolean {
  if (earlier === null) return true
  if (!reachable(graph, graph.get(earlier.step.id) ?? []).has(later.step.id)) return false
  // In a loop each stands before the other; the one that is written first is the earlier one.
  const back = reachable(graph, graph.get(later.step.id) ?? []).has(earlier.step.id)
  return !back || position(earlier) < position(later)
}

function position(step: StepDraft): number {
  return Number(step.path[1])
}

/**
 * What was approved and is written over afterwards would not be what was seen. Only approvals that show everything are
 * looked at here: what people and AI produced before.
 */
function checkApproved(
  steps: readonly StepDraft[],
  provided: Provided,
  graph: Graph,
  reporter: Reporter,
): ReadonlySet<string> {
  const flagged = new Set<string>()
  for (const approval of steps) {
    if (approval.type?.source !== 'decision' || !approval.sound) continue
    const after = reachable(graph, [approval.step.next], approval.step.id)
    for (const later of steps) {
      if (!after.has(later.step.id)) continue
      for (const name of contribution(later).names) {
        const seen = provided.names
          .get(name)
          ?.some((other) => other !== later && isShown(other) && mayPrecede(other, approval, graph))
        if (!seen || flagged.has(key(later, name))) continue
        flagged.add(key(later, name))
        const message = `${later.step.id} writes runtime.${name} over a value that ${approval.step.id} had approved. Give ${later.step.id} an output_key.`
        reporter.warning('approval.overwritten', message, [...later.path, 'id'])
      }
    }
  }
  return flagged
}

function isShown(provider: StepDraft | null): boolean {
  return provider === null || provider.type?.source === 'person' || provider.type?.source === 'ai'
}

function key(step: StepDraft, name: string): string {
  return `${step.step.id}\n${name}`
}
