import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatWorkflow } from './format.ts'

const formatted = async (text: string) => (await formatWorkflow(text))?.newText

describe('formatting', () => {
  it('brings indentation and spaces into order, and keeps comments, order and style', async () => {
    const text = `# A flow
name:   Greeting
steps:
    -   id: ask   # who
        type: form
        fields:
        - { key: name, type: 'string' }


    - id: say
      type: ai_generate
      prompt: |
         Hello {{ name }}
           twice
`
    expect(await formatted(text)).toBe(`# A flow
name: Greeting
steps:
  - id: ask # who
    type: form
    fields:
      - {key: name, type: "string"}

  - id: say
    type: ai_generate
    prompt: |
      Hello {{ name }}
        twice
`)
  })

  it('lays JSON out as JSON', async () => {
    expect(await formatted('{"name":"A","steps":[]}')).toBe('{\n  "name": "A",\n  "steps": []\n}\n')
  })

  it('leaves a text alone that cannot be read, or is in order', async () => {
    for (const text of ['', 'name: [', 'name: A\n', '{name: A, steps: []}'])
      expect(await formatted(text)).toBeUndefined()
  })

  const folder = new URL('./fixtures/', import.meta.url)
  it.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))(
    'changes nothing the second time: %s',
    async (file) => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      const once = (await formatted(text)) ?? text
      expect(await formatted(once)).toBeUndefined()
    },
  )
})
