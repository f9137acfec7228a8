import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { goodTexts } from '#lib/testing/good-texts.ts'
import { createTokeniser } from '../parse-again.ts'
import { complete } from './complete.ts'
import { hover } from './hover.ts'
import type { Language, TextPoint } from './language.ts'
import { definitionAt, referencesAt } from './navigate.ts'
import { readWorkflow } from './read-workflow.ts'
import { renamableAt, renameAt } from './rename.ts'

const texts = goodTexts()
const language: Language = { catalog: stepCatalog, tokeniser: createTokeniser() }

const SERVICES: Readonly<Record<string, (point: TextPoint) => unknown>> = {
  complete: (point) => complete(point, language),
  hover: (point) => hover(point, language),
  definition: (point) => definitionAt(point, language),
  references: (point) => referencesAt(point, language),
  renamable: (point) => renamableAt(point, language),
  rename: (point) => renameAt(point, 'another', language),
  read: ({ text }) => readWorkflow(text, language),
}

function pointAt(text: string, offset: number): TextPoint {
  const before = text.slice(0, offset).split('\n')
  return { text, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

/** A text that breaks off, with something put in, and a cursor anywhere in it. */
const broken = fc
  .record({
    text: fc.constantFrom(...texts.map(([, text]) => text)),
    end: fc.double({ min: 0, max: 1, noNaN: true }),
    cursor: fc.double({ min: 0, max: 1, noNaN: true }),
    piece: fc.constantFrom(
      '',
      '',
      '{{ ',
      '"',
      "'",
      '[',
      '{',
      ': ',
      '\n  - ',
      '\t',
      '- id: ',
      '{% for x in ',
      '}}',
      '&a ',
      '*a',
      '|',
      '# ',
    ),
  })
  .map(({ text, end, cursor, piece }) => {
    const whole = text.slice(0, Math.round(end * text.length))
    const at = Math.round(cursor * whole.length)
    return pointAt(whole.slice(0, at) + piece + whole.slice(at), at + piece.length)
  })

describe('a text that is half written', () => {
  it.each(Object.entries(SERVICES))('is answered without an error, and soon (%s)', (name, service) => {
    const times: number[] = []
    fc.assert(
      fc.property(broken, (point) => {
        const began = performance.now()
        service(point)
        times.push(performance.now() - began)
      }),
      { numRuns: name === 'rename' || name === 'read' ? 30 : 80, endOnFailure: true },
    )
    // Of single ones the machine may be slow.
    const p90 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.9)] ?? 0
    expect(p90).toBeLessThan(100)
  })

  it('is answered at every place of one text, and of each of its beginnings', () => {
    const text = texts.find(([name]) => name === 'side-by-side.yaml')?.[1] ?? ''
    expect(text.length).toBeGreaterThan(500)
    for (let at = 0; at <= text.length; at += 7) {
      for (const whole of [text, text.slice(0, at)]) {
        const point = pointAt(whole, at)
        for (const name of ['complete', 'hover', 'definition'] as const) {
          expect(() => SERVICES[name]?.(point), `${name} at ${at}`).not.toThrow()
        }
      }
    }
  })
})
