import { checkLocal } from '../expressions/lower.ts'
import { parseExpression, parseLoop } from '../expressions/parse.ts'
import { SPACE, trimStart } from '../expressions/white-space.ts'
import { type Token, tokenize } from './lexer.ts'
import { templateError, within } from './template-error.ts'
import type { Located, TemplateNode } from './tree.ts'

/** Blocks within blocks. */
const MAX_NESTING = 32

const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}]*`
const TAG = new RegExp(`^(${SPACE}*)((?:${NAME})?)([^]*)$`, 'u')
const SET = new RegExp(`^(${SPACE}*)(${NAME})(${SPACE}*=(?!=))`, 'u')

const TAGS = 'if, elif, else, endif, for, endfor, set, raw, endraw'

/** Parses a template. Throws `ExpressionError` with the position and line of the first mistake. */
export function parseTemplate(template: string): readonly TemplateNode[] {
  return new TemplateParser(template).parse()
}

interface Tag {
  readonly name: string
  readonly rest: string
  /** Where `rest` begins in the template. */
  readonly base: number
  readonly offset: number
}

class TemplateParser {
  readonly #template: string
  readonly #tokens: readonly Token[]
  #index = 0
  #nesting = 0
  /** Loops that are open. */
  #loops = 0

  constructor(template: string) {
    this.#template = template
    this.#tokens = tokenize(template)
  }

  parse(): readonly TemplateNode[] {
    const { body, end } = this.#body([])
    if (end) this.#stray(end)
    return body
  }

  /** Nodes up to one of these tags, or to the end of the template. */
  #body(until: readonly string[]): { readonly body: readonly TemplateNode[]; readonly end: Tag | null } {
    const body: TemplateNode[] = []
    for (let token = this.#next(); token !== undefined; token = this.#next()) {
      if (token.type === 'text') body.push(token)
      else if (token.type === 'output')
        body.push({ type: 'output', value: this.#expression(token.content, token.base) })
      else {
        const tag = this.#tag(token)
        if (until.includes(tag.name)) return { body, end: tag }
        body.push(this.#statement(tag))
      }
    }
    return { body, end: null }
  }

  #next(): Token | undefined {
    return this.#tokens[this.#index++]
  }

  #tag({ content, base, offset }: { content: string; base: number; offset: number }): Tag {
    const [, space = '', name = '', rest = ''] = TAG.exec(content) ?? []
    return { name, rest, base: base + space.length + name.length, offset }
  }

  #statement(tag: Tag): TemplateNode {
    switch (tag.name) {
      case 'if':
        return this.#nested(tag, () => this.#if(tag))
      case 'for':
        return this.#nested(tag, () => this.#for(tag))
      case 'set':
        return this.#set(tag)
      default:
        return this.#stray(tag)
    }
  }

  #nested(tag: Tag, read: () => TemplateNode): TemplateNode {
    if (++this.#nesting > MAX_NESTING) this.#fail(tag, `Blocks may be nested ${MAX_NESTING} deep.`)
    const node = read()
    this.#nesting--
    return node
  }

  #if(opening: Tag): TemplateNode {
    const branches: { test: Located<ReturnType<typeof parseExpression>>; body: readonly TemplateNode[] }[] = []
    for (let tag = opening; ; ) {
      const test = this.#expression(tag.rest, tag.base)
      const { body, end } = this.#body(['elif', 'else', 'endif'])
      branches.push({ test, body })
      if (!end) return this.#fail(opening, 'This if is not closed.', 'Write {% endif %}.')
      if (end.name === 'endif') {
        this.#bare(end)
        return { type: 'if', branches, otherwise: [] }
      }
      if (end.name === 'else') return { type: 'if', branches, otherwise: this.#last(end, 'endif', opening) }
      tag = end
    }
  }

  #for(tag: Tag): TemplateNode {
    const loop = within(this.#template, tag.base, () => ({ tree: parseLoop(tag.rest), base: tag.base }))
    if (loop.tree.targets.includes('loop')) this.#loopIsTaken(tag)
    this.#loops++
    const { body, end } = this.#body(['else', 'endfor'])
    if (!end) return this.#fail(tag, 'This for is not closed.', 'Write {% endfor %}.')
    const otherwise = end.name === 'else' ? this.#last(end, 'endfor', tag) : []
    if (end.name === 'endfor') this.#bare(end)
    this.#loops--
    return { type: 'for', loop, body, otherwise }
  }

  /** The part behind `else`. */
  #last(tag: Tag, closing: string, opening: Tag): readonly TemplateNode[] {
    this.#bare(tag, 'For a second condition write elif.')
    const { body, end } = this.#body([closing])
    if (!end) return this.#fail(opening, `This ${opening.name} is not closed.`, `Write {% ${closing} %}.`)
    this.#bare(end)
    return body
  }

  #bare(tag: Tag, hint?: string): void {
    if (trimStart(tag.rest) !== '') this.#fail(tag, `Nothing stands behind ${tag.name}.`, hint)
  }

  #set(tag: Tag): TemplateNode {
    const [, head = '', name = '', equals = ''] = SET.exec(tag.rest) ?? []
    if (name === '') return this.#fail(tag, 'A set gives one name a value.', 'Write {% set name = value %}.')
    within(this.#template, tag.base + head.length, () => checkLocal(name, { offset: 0, length: name.length }))
    if (name === 'loop' && this.#loops > 0) this.#loopIsTaken(tag)
    const skipped = head.length + name.length + equals.length
    return { type: 'set', name, value: this.#expression(tag.rest.slice(skipped), tag.base + skipped) }
  }

  #loopIsTaken(tag: Tag): never {
    this.#fail(tag, 'Within a loop, loop is the name of the loop itself.', 'Choose another, such as x.')
  }

  #expression(source: string, base: number) {
    return within(this.#template, base, () => ({ tree: parseExpression(source), base }))
  }

  #stray({ name, offset, base }: Tag): never {
    const known = TAGS.split(', ').includes(name)
    const message = known
      ? `There is nothing that ${name} belongs to here.`
      : `There is no tag ${name || 'without a name'}.`
    throw templateError(this.#template, offset, message, base - offset, known ? undefined : `There are ${TAGS}.`)
  }

  #fail(tag: Tag, message: string, hint?: string): never {
    throw templateError(this.#template, tag.offset, message, tag.base - tag.offset, hint)
  }
}
