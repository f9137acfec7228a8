import { describe, expect, it } from 'vitest'
import { sampleWorkflow } from '#lib/blueprints/sample.ts'
import { readBrief } from './brief.ts'
import { createProse } from './prose.ts'
import { createRandom } from './random.ts'

const asked = [
  'Answer this message from Robin Meyer in a friendly tone. Promise nothing the message does not ask for.',
  '',
  'My order arrived without the cable. Can you send it before Friday?',
].join('\n')

describe('what the mock reads in a prompt', () => {
  it.each([
    ['Write a blog post about AI for developers.', 'AI'],
    ['Write about tea, about 1000 words.', 'tea'],
    ['About 1000 words, please.', null],
    ['Notes of the meeting “Planning of May”:\n\nWe met.', 'Planning of May'],
    ['These are clauses of a contract with Acme, worth 100 euros a year:\n\nClause 1.', null],
    ['', null],
  ])('finds in %j the topic %j', (prompt, topic) => {
    expect(readBrief(prompt)).toEqual({ topic, reply: null })
  })

  it('knows a message that is to be answered, who wrote it and how it begins', () => {
    const quote = 'My order arrived without the cable.'
    expect(readBrief(asked)).toEqual({ topic: null, reply: { from: 'Robin Meyer', quote } })
    expect(readBrief('Reply to this:\n\nWhere is it')).toEqual({
      topic: null,
      reply: { from: null, quote: 'Where is it' },
    })
    expect(readBrief('Answer in one word.').reply).toBeNull()
  })

  it('cuts what is long at a word', () => {
    const { reply } = readBrief(`Answer this.\n\n${'word '.repeat(60)}`)
    expect(reply?.quote).toMatch(/^(word )+word…$/)
    expect(reply?.quote?.length).toBeLessThanOrEqual(91)
  })
})

describe('what the mock writes without a topic', () => {
  const write = (prompt: string, name: string, most = 5_000) => createProse(prompt, createRandom(7)).text(name, 0, most)

  it('answers a message like a letter that says it is made up, and never repeats the instruction', () => {
    const answer = write(asked, 'answer')
    expect(answer).toMatch(/^Hello Robin Meyer,\n\nThank you .*“My order arrived without the cable\.”/)
    expect(answer).toContain('mock made this answer up')
    expect(answer).not.toContain('Answer this message')
    expect(write(asked, 'answer')).toBe(answer)
    expect(write(asked, 'subject', 120)).toBe('Re: My order arrived without the cable')
    expect(sampleWorkflow('sarah@company.com')).toContain(
      'Answer this message from {{ customer }} in a {{ tone }} tone.',
    )
  })

  it('keeps to words that fit anything where the prompt names no topic', () => {
    const prompt = 'These are clauses of a contract with Acme:\n\nClause 1: $& {topic}.'
    for (const name of ['title', 'summary', 'body']) {
      expect(write(prompt, name), name).not.toMatch(/clause|acme|\{topic\}|this subject/i)
    }
  })
})
