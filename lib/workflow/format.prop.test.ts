import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { goodTexts } from '#lib/testing/good-texts.ts'
import { formatWorkflow } from './format.ts'
import { validateWorkflow } from './validate.ts'

/** Another layout of the same text: indentation of lists, blank lines, trailing spaces, comments. */
function laidOut(text: string, choices: readonly number[]): string {
  let i = 0
  const next = () => choices[i++ % choices.length] ?? 0
  return text
    .split('\n')
    .map((line) => {
      const choice = next() % 8
      if (line.trim() === '' || line.includes('|') || line.includes('>')) return line
      if (choice === 0) return line.replace(/^(\s*[\w-]+): (?=\S)/, '$1:   ')
      if (choice === 1 && /^\s{0,4}(?:- )?[a-z_]+:/.test(line))
        return `${/^\s*/.exec(line)?.[0]}# a word on ${i}\n${line}`
      return choice === 2 && /^\s{2}- id:/.test(line) ? `\n${line}` : line
    })
    .join('\n')
}

const comments = (text: string) => text.match(/# a word on \d+/g) ?? []
const canonical = (text: string) => JSON.stringify(validateWorkflow(text, stepCatalog).definition)

describe('formatting any good workflow, however it was laid out', () => {
  it('keeps what it says and every comment, and changes nothing the second time', async () => {
    const layouts = fc.array(fc.nat(), { minLength: 40, maxLength: 80 })
    let formatted = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...goodTexts()), layouts, async ([name, text], choices) => {
        const given = laidOut(text, choices)
        const edit = await formatWorkflow(given)
        if (edit === null) return
        formatted += 1
        const { newText } = edit
        expect(canonical(newText), name).toBe(canonical(given))
        expect(comments(newText), name).toEqual(comments(given))
        expect(await formatWorkflow(newText), name).toBeNull()
      }),
      { numRuns: 40, endOnFailure: true },
    )
    expect(formatted).toBeGreaterThan(20)
  })
})
