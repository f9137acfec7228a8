/** How many layers a look-up may go through before they are laid into one. */
const MOST_LAYERS = 16

/**
 * A map that is never changed: with more entries it is a new one that stands on the old. The states of five hundred steps
 * share what they have in common.
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
    if (this.#all) return this.#all.get(key)
    return this.#own.get(key) ?? this.#below?.get(key)
  }

  /** All entries, later ones over earlier ones. */
  all(): ReadonlyMap<string, V> {
    this.#all ??= this.#below === null ? this.#own : new Map([...this.#below.all(), ...this.#own])
    return this.#all
  }

  with(entries: ReadonlyMap<string, V>): Layers<V> {
    if (entries.size === 0) return this
    return this.#depth < MOST_LAYERS ? new Layers(entries, this) : new Layers(new Map([...this.all(), ...entries]))
  }
}
