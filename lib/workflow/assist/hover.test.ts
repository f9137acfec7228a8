import { describe, expect, it } from 'vitest'
import { hoverAt } from './testing.ts'

const FLOW = `name: Post
inputs: [{key: budget, type: number, required: true}]
steps:
  - id: ask
    type: form
    fields: [{key: topic, type: string, required: true}]
  - id: draft
    type: ai_generate
    prompt: Write about {{ runtime.topic | lower }} for {{ default(budget, 3) }}.
    json_schema: {type: object, properties: {title: {type: string}}}
    on_error: ask
  - id: check
    type: conditional
    condition: steps.draft.output.title == topic
    if_true: end
`

/** The flow with the cursor in the middle of a word. */
function on(word: string, within = word): string | undefined {
  const line = FLOW.indexOf(within)
  const at = FLOW.indexOf(word, line) + Math.floor(word.length / 2)
  const escaped = (part: string) => part.replaceAll('|', '\\|')
  return hoverAt(`${escaped(FLOW.slice(0, at))}|${escaped(FLOW.slice(at))}`)?.docs.join('\n')
}

describe('hovering', () => {
  it('a key says what it is for', () => {
    expect(on('prompt')).toContain('What the model is asked')
    expect(on('fields')).toContain('What is asked')
    expect(on('on_error')).toContain('The step to go to when this one fails')
  })

  it('another spelling says what it stands for', () => {
    expect(on('json_schema')).toContain('Another way to write `output_schema`')
  })

  it('a step type shows its reference', () => {
    expect(on('ai_generate')).toContain('Lets a model write something')
    expect(on('ai_generate')).toContain('```yaml')
  })

  it('a variable says its type and which step provides it', () => {
    expect(on('topic', 'topic | lower')).toBe('`runtime.topic`\nText.\nProvided by ask.')
    expect(on('topic', 'topic\n    if_true')).toBe('`topic`\nText.\nProvided by ask.')
  })

  it('an input says that the start gives it', () => {
    expect(on('budget', 'budget, 3')).toContain('Given when the run is started')
  })

  it('a member of an output says its type', () => {
    expect(on('title', 'title ==')).toBe('`steps.draft.output.title`\nText.\nProvided by draft.')
  })

  it('a function says how it is called', () => {
    expect(on('default', 'default(budget')).toContain('`default(x, y)`')
    expect(on('lower', 'lower }}')).toContain('in small letters')
  })

  it('the id of a step says what that step is', () => {
    expect(on('ask', 'ask\n  - id: check')).toContain('Step `ask`: Form')
  })

  it('marks the word it speaks of', () => {
    expect(hoverAt('na|me: A')).toMatchObject({ line: 1, column: 1, endLine: 1, endColumn: 5 })
  })

  it('says nothing where there is nothing to say', () => {
    for (const text of ['# na|me', 'name: Po|st', 'a| b', 'steps: [{id: a, type: set, values: {x: "nowh|ere"}}]']) {
      expect(hoverAt(text), text).toBeNull()
    }
  })
})
