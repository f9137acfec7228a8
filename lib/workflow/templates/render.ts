import { isJsonObject, type Json } from '../../json.ts'
import { display } from '../expressions/display.ts'
import type { Environment, Locals } from '../expressions/environment.ts'
import { evaluate } from '../expressions/evaluator.ts'
import { Fuel } from '../expressions/fuel.ts'
import { bind, elementsOf } from '../expressions/loops.ts'
import { isTrue } from '../expressions/truth.ts'
import type { Scope } from '../scope.ts'
import { parseTemplate } from './parse.ts'
import { type LocalRoots, rootsOf } from './roots.ts'
import { within } from './template-error.ts'
import type { OutputNode, TemplateNode } from './tree.ts'

export interface RenderOptions {
  /** Applied to every inserted value, as it lands in a place of its own syntax. See `encoders.ts`. */
  readonly encode?: Encoder
}

/**
 * Encodes the text of an inserted value. `roots` are the namespaces it was made from: none for a constant of the
 * author's own.
 */
export type Encoder = (text: string, roots: ReadonlySet<string>, insertion: Insertion) => string

/** What an encoder may want to know beside the text. */
export interface Insertion {
  /** The value before it was printed. */
  readonly value: Json
  /** The author wrote it as JSON (`tojson`). */
  readonly json: boolean
  /** All that was rendered before it. */
  readonly preceding: string
}

/** Fills in a template. What is inserted is never looked at again. Throws `ExpressionError`, with the line. */
export function renderTemplate(template: string, scope: Scope, options: RenderOptions = {}): string {
  return new Renderer(template, scope, new Fuel(), options).text(parseTemplate(template))
}

/**
 * Fills in every text within a value; one fuel for all of it. A text that is exactly one `{{ expression }}` becomes that
 * expression's value and keeps its type; if it is text, it is encoded too. Keys are left as they are.
 */
export function renderValue(value: Json, scope: Scope, options: RenderOptions = {}): Json {
  return renderDeep(value, scope, options, new Fuel())
}

function renderDeep(value: Json, scope: Scope, options: RenderOptions, fuel: Fuel): Json {
  if (typeof value === 'string') return renderText(value, scope, options, fuel)
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderDeep(item, scope, options, fuel)]))
  }
  return Array.isArray(value) ? value.map((item: Json) => renderDeep(item, scope, options, fuel)) : value
}

function renderText(template: string, scope: Scope, options: RenderOptions, fuel: Fuel): Json {
  // A text without any delimiter is no template: it keeps even the line break at its end.
  if (!/\{[{%#]/.test(template)) return template
  const nodes = parseTemplate(template)
  const [only] = nodes
  const renderer = new Renderer(template, scope, fuel, options)
  return nodes.length === 1 && only?.type === 'output' ? renderer.native(only) : renderer.text(nodes)
}

/** Names with values and, for the encoder, with the namespaces they came from. */
interface Frame extends Locals {
  readonly names: Map<string, Json>
  readonly outer: Frame | null
  readonly roots: LocalRoots
}

/** What one round of a loop costs beside its body: its names and its `loop` are made anew. */
const STEPS_PER_ROUND = 5

class Renderer {
  readonly #template: string
  readonly #scope: Scope
  readonly #fuel: Fuel
  readonly #encode: Encoder | undefined
  #output = ''

  constructor(template: string, scope: Scope, fuel: Fuel, options: RenderOptions) {
    this.#template = template
    this.#scope = scope
    this.#fuel = fuel
    this.#encode = options.encode
  }

  text(nodes: readonly TemplateNode[]): string {
    this.#render(nodes, { names: new Map(), outer: null, roots: new Map() })
    return this.#output
  }

  native(node: OutputNode): Json {
    const value = this.#evaluate(node.value, null)
    return typeof value === 'string' ? this.#encoded(value, value, node, null) : value
  }

  #render(nodes: readonly TemplateNode[], frame: Frame): void {
    for (const node of nodes) this.#node(node, frame)
  }

  #node(node: TemplateNode, frame: Frame): void {
    switch (node.type) {
      case 'text':
        within(this.#template, node.offset, () =>
          this.#fuel.produce(node.text.length, { offset: 0, length: node.text.length }),
        )
        this.#output += node.text
        return
      case 'output':
        this.#output += this.#printed(node, frame)
        return
      case 'if': {
        const taken = node.branches.find(({ test }) => isTrue(this.#evaluate(test, frame)))
        // Not a scope of its own: what is set within stays set.
        this.#render(taken?.body ?? node.otherwise, frame)
        return
      }
      case 'for':
        this.#loop(node, frame)
        return
      case 'set':
        frame.names.set(node.name, this.#evaluate(node.value, frame))
        frame.roots.set(node.name, rootsOf(node.value.tree, allRoots(frame)))
    }
  }

  #printed(node: OutputNode, frame: Frame): string {
    const value = this.#evaluate(node.value, frame)
    const text = within(this.#template, node.value.base, () => display(value, this.#fuel, node.value.tree))
    return this.#encoded(text, value, node, frame)
  }

  #encoded(text: string, value: Json, { value: { tree, base } }: OutputNode, frame: Frame | null): string {
    if (this.#encode === undefined) return text
    const insertion = { value, json: tree.type === 'call' && tree.helper === 'tojson', preceding: this.#output }
    const encode = this.#encode
    return within(this.#template, base, () => {
      // An encoder may look at all that stands before it.
      this.#fuel.spend(Math.ceil(this.#output.length / 4_096), tree)
      const encoded = encode(text, rootsOf(tree, frame === null ? new Map() : allRoots(frame)), insertion)
      this.#fuel.produce(Math.max(0, encoded.length - text.length), tree)
      return encoded
    })
  }

  #loop(node: Extract<TemplateNode, { type: 'for' }>, frame: Frame): void {
    const { tree, base } = node.loop
    const items = within(this.#template, base, () => this.#items(tree, frame))
    if (items.length === 0) {
      // A scope of its own, as the rounds are.
      this.#render(node.otherwise, { names: new Map(), outer: frame, roots: new Map() })
      return
    }
    const outer = allRoots(frame)
    const source = rootsOf(tree.iterable, outer)
    for (const [index, names] of items.entries()) {
      within(this.#template, base, () => this.#fuel.spend(STEPS_PER_ROUND, tree))
      const inner: Frame = {
        names: new Map([...names, ['loop', loopVariable(index, items.length)]]),
        outer: frame,
        roots: new Map([...tree.targets.map((name) => [name, source] as const), ['loop', new Set<string>()] as const]),
      }
      this.#render(node.body, inner)
    }
  }

  /** What the loop goes through, with its condition applied first: `loop.length` counts what is left. */
  #items(
    tree: Extract<TemplateNode, { type: 'for' }>['loop']['tree'],
    frame: Frame,
  ): readonly ReadonlyMap<string, Json>[] {
    const env = this.#environment(frame)
    const found: ReadonlyMap<string, Json>[] = []
    for (const item of elementsOf(evaluate(tree.iterable, env), tree.iterable)) {
      const names = bind(tree.targets, item, tree.iterable)
      if (tree.condition === null || isTrue(evaluate(tree.condition, { ...env, locals: { names, outer: frame } }))) {
        found.push(names)
      }
    }
    return found
  }

  #evaluate({ tree, base }: OutputNode['value'], frame: Frame | null): Json {
    return within(this.#template, base, () => evaluate(tree, this.#environment(frame)))
  }

  #environment(locals: Locals | null): Environment {
    return { scope: this.#scope, fuel: this.#fuel, locals }
  }
}

function allRoots(frame: Frame): LocalRoots {
  return frame.outer === null ? frame.roots : new Map([...allRoots(frame.outer), ...frame.roots])
}

function loopVariable(index: number, length: number): Json {
  return {
    index: index + 1,
    index0: index,
    revindex: length - index,
    revindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
  }
}
