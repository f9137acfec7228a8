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

/** The steps that can come after one another again and again, circle by circle; each step is looked at once (Tarjan). */
export function circlesOf(graph: Graph): readonly ReadonlySet<string>[] {
  const search = new CircleSearch(graph)
  for (const id of graph.keys()) search.from(id)
  return search.found
}

class CircleSearch {
  readonly found: ReadonlySet<string>[] = []
  readonly #graph: Graph
  readonly #order = new Map<string, number>()
  /** The earliest step that each is known to lead back to. */
  readonly #low = new Map<string, number>()
  readonly #open: string[] = []
  readonly #isOpen = new Set<string>()

  constructor(graph: Graph) {
    this.#graph = graph
  }

  /** Without recursion: a chain of five hundred steps is as deep as it is long. */
  from(start: string): void {
    if (this.#order.has(start)) return
    const path = [this.#enter(start)]
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const to = at.left.pop()
      if (to === undefined) {
        path.pop()
        this.#leave(at.id, path.at(-1)?.id)
      } else if (!this.#order.has(to)) path.push(this.#enter(to))
      else if (this.#isOpen.has(to)) this.#lower(at.id, this.#order.get(to) ?? 0)
    }
  }

  #enter(id: string): { readonly id: string; readonly left: string[] } {
    this.#order.set(id, this.#order.size)
    this.#low.set(id, this.#order.size - 1)
    this.#open.push(id)
    this.#isOpen.add(id)
    return {
      id,
      left: [...(this.#graph.get(id) ?? [])].flatMap((to) => (to === null || !this.#graph.has(to) ? [] : [to])),
    }
  }

  #lower(id: string, to: number): void {
    this.#low.set(id, Math.min(this.#low.get(id) ?? to, to))
  }

  #leave(id: string, parent: string | undefined): void {
    const low = this.#low.get(id) ?? 0
    if (parent !== undefined) this.#lower(parent, low)
    if (low !== this.#order.get(id)) return
    const members = this.#open.splice(this.#open.lastIndexOf(id))
    for (const member of members) this.#isOpen.delete(member)
    if (members.length > 1 || this.#graph.get(id)?.has(id)) this.found.push(new Set(members))
  }
}
