import { describe, expect, it } from 'vitest'
import { provenanceOf } from './provenance.ts'

const form = { source: 'person' as const, output: { topic: 'AI', audience: 'developers' } }
const draft = {
  source: 'ai' as const,
  output: { title: 'Ten habits of teams', tags: ['a', 'b'], audience: 'developers' },
}

describe('who made what is shown', () => {
  it('is the step whose output it is, the latest if several', () => {
    const show = { topic: 'AI', title: 'Ten habits of teams', tags: ['a', 'b'], audience: 'developers', price: 3 }
    expect({ ...provenanceOf(show, [form, draft]) }).toEqual({
      topic: 'person',
      title: 'ai',
      tags: 'ai',
      audience: 'ai',
    })
    expect(provenanceOf(show, [draft, form]).audience).toBe('person')
  })

  it('is known for a whole output under another name, and not for a value that changed', () => {
    const reordered = { audience: 'developers', topic: 'AI' }
    expect(provenanceOf({ brief: reordered }, [form]).brief).toBe('person')
    expect(provenanceOf({ topic: 'ML' }, [form])).not.toHaveProperty('topic')
    expect(provenanceOf({ brief: { ...reordered, more: 1 } }, [form])).not.toHaveProperty('brief')
  })

  it('is the model where its words are quoted', () => {
    expect(provenanceOf({ summary: 'Draft: Ten habits of teams!' }, [form, draft]).summary).toBe('ai')
    expect(provenanceOf({ summary: 'a b c' }, [form, draft])).not.toHaveProperty('summary')
  })

  it('does not reach a prototype', () => {
    const show = JSON.parse('{"__proto__": "AI", "constructor": "AI", "toString": "x"}')
    expect({ ...provenanceOf(show, [form]) }).toEqual({})
  })
})
