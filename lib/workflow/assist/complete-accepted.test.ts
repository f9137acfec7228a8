import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { goodTexts } from '#lib/testing/good-texts.ts'
import { validateWorkflow } from '../validate.ts'
import { complete } from './complete.ts'
import type { CompletionItem } from './completion-item.ts'
import type { Language } from './language.ts'
import { kindOf } from './occurrences.ts'
import { openText, signsOf } from './open-text.ts'
import { edited } from './testing.ts'

const language: Language = { catalog: stepCatalog }

/** What must not be said of a name that completion proposes. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'variable.unknown',
  'variable.unknown_namespace',
  'step.unknown_reference',
  'step.out_of_sight',
  'step.hyphenated_reference',
  'secret.not_allowed_here',
  'static.not_allowed_here',
])

interface Place {
  readonly name: string
  /** The text up to the expression, and behind it. */
  readonly before: string
  readonly after: string
}

/** Every place where an expression stands: in conditions, and in the braces of templates. */
const places: readonly Place[] = goodTexts().flatMap(([name, text]) => {
  const open = openText(text, language)
  return (open?.scalars() ?? []).flatMap((at): readonly Place[] => {
    const value = String(at.node.value)
    const kind = kindOf(at, value)
    const signs = kind === null ? null : signsOf(text, at.node)
    if (signs === null) return []
    if (kind === 'expression') {
      const [from = 0, to = 0] = [signs[0], signs.at(-1)]
      return [{ name, before: text.slice(0, from), after: text.slice(to) }]
    }
    return [...value.matchAll(/\{\{\s*([^}|]*?)\s*\}\}/g)].flatMap((found) => {
      const start = signs[found.index + 2]
      const end = signs[found.index + found[0].length - 2]
      return start === undefined || end === undefined
        ? []
        : [{ name, before: `${text.slice(0, start)} `, after: ` ${text.slice(end)}` }]
    })
  })
})

function offered(before: string, after: string): readonly CompletionItem[] {
  const lines = before.split('\n')
  const point = { text: before + after, line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
  return complete(point, language).filter(({ kind }) => kind === 'variable')
}

function take(before: string, after: string, { range, insert }: CompletionItem): string {
  const text = edited(before + after, [{ ...range, newText: insert }])
  return text.slice(0, text.length - after.length)
}

function unknownsIn(text: string): readonly string[] {
  return validateWorkflow(text, stepCatalog)
    .diagnostics.filter(({ code }) => UNKNOWN.has(code) || code === 'variable.maybe_missing')
    .map(({ code, line, message }) => `${code} ${line}: ${message}`)
}

describe('a variable that completion proposes', () => {
  it('is known at its place, however deep it goes; without its mark it is there on every way', () => {
    expect(places.length).toBeGreaterThan(60)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (place, picks) => {
        const old = new Set(unknownsIn(place.before + place.after).map((one) => one.replace(/ \d+:/, '')))
        let { before } = place
        let partly = false
        for (const pick of picks) {
          const items = offered(before, place.after)
          const item = items[pick % items.length]
          if (!item) break
          partly ||= item.detail?.includes('only on some paths') === true
          before = take(before, place.after, item)
          const spaces = /(?:^|[^\w.])(?:runtime|steps|static|secrets|env|inputs|profile|run)$/.test(before)
          if (!spaces) {
            const said = unknownsIn(before + place.after).filter(
              (one) => !old.has(one.replace(/ \d+:/, '')) && !(partly && one.startsWith('variable.maybe_missing')),
            )
            expect(said, `${place.name}: ${before.slice(-60)}`).toEqual([])
          }
          before += '.'
        }
      }),
      { numRuns: 80, endOnFailure: true },
    )
  })
})
