import type { Endpoint } from './endpoint.ts'

/** A path that exists: what is offered there, and what stands in its parameters. */
export interface Place {
  readonly endpoints: readonly Endpoint[]
  readonly params: Readonly<Record<string, string>>
}

interface Path {
  readonly parts: readonly string[]
  readonly endpoints: readonly Endpoint[]
}

/** Finds the operations of a path. Where a name and a parameter both fit, it is the name: `/executions/events`. */
export function createRouter(endpoints: readonly Endpoint[]): (path: string) => Place | null {
  const paths: Path[] = [...Map.groupBy(endpoints, ({ path }) => path)]
    .map(([path, offered]) => ({ parts: path.split('/'), endpoints: offered }))
    .toSorted((a, b) => parameters(a) - parameters(b))
  return (path) => {
    const parts = path.split('/')
    for (const { parts: expected, endpoints: offered } of paths) {
      const params = match(expected, parts)
      if (params !== null) return { endpoints: offered, params }
    }
    return null
  }
}

function parameters({ parts }: Path): number {
  return parts.filter(isParameter).length
}

function isParameter(part: string): boolean {
  return part.startsWith('{')
}

function match(expected: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (expected.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [index, name] of expected.entries()) {
    const part = parts[index] ?? ''
    if (!isParameter(name)) {
      if (part !== name) return null
      continue
    }
    const value = decoded(part)
    if (value === null || value === '') return null
    params[name.slice(1, -1)] = value
  }
  return params
}

/** null: percent signs that mean nothing. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
