/** Where a run can go: from each step to the steps that may come next; null is the end. */
export type Graph = ReadonlyMap<string, ReadonlySet<string | null>>

/** The steps that a question about ways was answered with. */
export interface Reached {
  has(id: string): boolean
}

/** Answers which steps a run can come to from some of them, themselves included, without passing through `without`. */
export type Ways = (from: Iterable<string | null>, without?: string) => Reached

/** For many questions about one graph: its steps are numbered once, because five hundred of them ask thousands of times. */
export function waysOf(graph: Graph): Ways {
  const numbers = new Map([...graph.keys()].map((id, i) => [id, i]))
  const numberOf = (id: string | null) => (id === null ? undefined : numbers.get(id))
  const next = [...graph.values()].map((targets) => [...targets].flatMap((to) => numberOf(to) ?? []))
  return (from, without) => {
    const seen = new Uint8Array(next.length)
    const barred = without === undefined ? undefined : numbers.get(without)
    const open = [...from].flatMap((id) => numberOf(id) ?? [])
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === barred || seen[at] === 1) continue
      seen[at] = 1
      for (const to of next[at] ?? []) if (seen[to] === 0) open.push(to)
    }
    return { has: (id) => seen[numbers.get(id) ?? -1] === 1 }
  }
}

/** Which steps may come after a step, each looked up once. */
export function followers(graph: Graph, ways: Ways = waysOf(graph)): (id: string) => Reached {
  const known = new Map<string, Reached>()
  return (id) => {
    const found = known.get(id) ?? ways(graph.get(id) ?? [])
    known.set(id, found)
    return found
  }
}

/** The steps from which some way leads to the end. */
export function endingSteps(graph: Graph): ReadonlySet<string> {
  const before = new Map<string | null, string[]>()
  for (const [id, targets] of graph) {
    for (const to of targets) before.set(to, [...(before.get(to) ?? []), id])
  }
  const ends = new Set<string>()
  const open: (string | null)[] = [null]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const id of before.get(at) ?? []) {
      if (ends.has(id)) continue
      ends.add(id)
      open.push(id)
    }
  }
  return ends
}
