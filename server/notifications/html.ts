/** Markup that was put together by `html`, as opposed to a text, which is always escaped. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

export type HtmlValue = string | number | Html | null | readonly HtmlValue[]

/** Puts markup together; every value that is not markup itself is escaped. null leaves nothing. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(literals.reduce((markup, literal, i) => markup + toMarkup(values[i - 1] ?? null) + literal))
}

function toMarkup(value: HtmlValue): string {
  if (value === null) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'object') return value.map(toMarkup).join('')
  return String(value).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`)
}
