/** How many layers a look-up may go through before they are laid into one. */
const MOST_LAYERS = 64

/**
 * A map that is never changed: with more entries it is a new one that stands on the old. The states of five hundred steps
 * share what they have in common, and two of them are compared by what they have not.
 */
export class Layers<V> {
  readonly #below: Layers<V> | null
  readonly #own: ReadonlyMap<string, V>
  readonly #depth: number
  #all: ReadonlyMap<string, V> | null = null

  constructor(own: ReadonlyMap<string, V> = new Map(), below: Layers<V> | null = null) {
    this.#own = own
    this.#below = below
    this.#depth = below === null ? 0 : below.#depth + 1
  }

  get(key: string): V | undefined {
    for (let layer: Layers<V> | null = this; layer !== null; layer = layer.#below) {
      const found = (layer.#all ?? layer.#own).get(key)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** All entries, later ones over earlier ones. */
  all(): ReadonlyMap<string, V> {
    if (this.#all !== null) return this.#all
    const layers: ReadonlyMap<string, V>[] = []
    for (let layer: Layers<V> | null = this; layer !== null; layer = layer.#all === null ? layer.#below : null) {
      layers.push(layer.#all ?? layer.#own)
    }
    const all = new Map<string, V>()
    for (const layer of layers.reverse()) for (const [key, value] of layer) all.set(key, value)
    this.#all = all
    return all
  }

  with(entries: ReadonlyMap<string, V>): Layers<V> {
    if (entries.size === 0) return this
    return this.#depth < MOST_LAYERS ? new Layers(entries, this) : new Layers(new Map([...this.all(), ...entries]))
  }

  /** The keys under which this and the other may have different values. */
  differing(other: Layers<V>): Iterable<string> {
    const ours = new Set<Layers<V>>()
    for (let layer: Layers<V> | null = this; layer !== null; layer = layer.#below) ours.add(layer)
    const keys = new Set<string>()
    let shared: Layers<V> | null = other
    for (; shared !== null && !ours.has(shared); shared = shared.#below)
      for (const key of shared.#own.keys()) keys.add(key)
    for (let layer: Layers<V> | null = this; layer !== shared && layer !== null; layer = layer.#below) {
      for (const key of layer.#own.keys()) keys.add(key)
    }
    return keys
  }
}
