import { span } from '#components/ui/time-format.ts'
import type { WorkflowStep } from '#lib/contracts/workflows.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import { formatDuration } from '#lib/workflow/durations.ts'

/** What a step does, in one line, read from its canonical parameters; null where its type says enough. */
export function stepSummary({ type, config }: Pick<WorkflowStep, 'type' | 'config'>): string | null {
  switch (type) {
    case 'form':
      return fields(config.fields)
    case 'ai_generate':
      return line(config.prompt) ?? (typeof config.template_id === 'string' ? `Template ${config.template_id}` : null)
    case 'conditional':
      return line(config.condition)
    case 'api_call':
      return `${text(config.method)} ${text(config.url)}`.trim()
    case 'approval':
      return approvers(config.approvers, config.timeout_ms)
    case 'set':
      return isJsonObject(config.values) ? Object.keys(config.values).join(', ') : null
    case 'delay':
      return typeof config.for_ms === 'number' ? `for ${formatDuration(config.for_ms)}` : `until ${text(config.until)}`
    case 'workflow':
      return line(config.workflow)
    case 'parallel':
      return joinWords(config.join)
    case 'for_each':
      return line(config.items)
    default:
      return null
  }
}

/** Where it goes from here, where that is not simply on to the next. */
export function stepJumps(step: WorkflowStep, following: string | null): readonly string[] {
  const { config } = step
  const jumps: string[] = []
  const name = (target: Json | undefined) => (typeof target === 'string' ? target : 'end')
  if (step.type === 'conditional') {
    if ('if_true' in config) jumps.push(`if true → ${name(config.if_true)}`)
    if ('if_false' in config) jumps.push(`if false → ${name(config.if_false)}`)
  } else if (step.next !== following) jumps.push(`then → ${step.next ?? 'end'}`)
  if (typeof config.on_reject === 'string') jumps.push(`rejected → ${config.on_reject}`)
  if (isJsonObject(config.on_revise)) jumps.push(`changes asked → ${name(config.on_revise.to)}`)
  if (step.on_error !== null) jumps.push(`on error → ${step.on_error}`)
  if (step.when !== null) jumps.unshift(`only when ${step.when}`)
  return jumps
}

/** How many of the branches have to end well. */
function joinWords(join: Json | undefined): string {
  if (isJsonObject(join)) return `until at least ${join.at_least} branches are done`
  return join === 'any' ? 'until the first branch is done' : 'until all branches are done'
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function line(value: Json | undefined): string | null {
  const flat = text(value).replaceAll(/\s+/g, ' ').trim()
  return flat === '' ? null : flat
}

function fields(value: Json | undefined): string | null {
  if (!Array.isArray(value)) return null
  const names = value.flatMap((field) => (isJsonObject(field) ? [text(field.label) || text(field.key)] : []))
  return names.length === 0 ? null : names.join(', ')
}

function approvers(value: Json | undefined, timeout: Json | undefined): string | null {
  if (!Array.isArray(value)) return null
  const people = value.map((person) =>
    isJsonObject(person)
      ? Object.values(person)
          .filter((part) => typeof part === 'string')
          .join(' ')
      : text(person),
  )
  const within = typeof timeout === 'number' ? `, within ${span(timeout)}` : ''
  return people.length === 0 ? null : `${people.join(', ')}${within}`
}
