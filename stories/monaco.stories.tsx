import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { type ReactNode, useEffect, useState } from 'react'
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test'
import type { LanguageAnswer } from '#components/editor/language.ts'
import { holdLanguage } from '#components/editor/language-client.ts'
import { YamlEditor, type YamlEditorProps } from '#components/editor/yaml-editor.tsx'
import { Button } from '#components/ui/button.tsx'

const TEXT = `name: Post
start_step: ask
steps:
  - id: ask
    type: form
    fields:
      - {key: topic, type: string, required: true}

  # The model writes, people decide
  - id: draft
    type: ai_generate
    prompt: |
      Write about {{ topic }}.
      Keep it short.

  - id: publish
    type: approval
    approvers: [lead@company.com]
`

/** What the page around it does: keeps the text, and has the language look at it. */
function Written(props: YamlEditorProps): ReactNode {
  const [text, setText] = useState(props.value)
  const [answer, setAnswer] = useState<LanguageAnswer | null>(null)
  useEffect(() => {
    const { client, release } = holdLanguage()
    let newest = true
    client.ask('check', { text }).then(
      (found) => newest && found && setAnswer(found),
      () => undefined,
    )
    return () => {
      newest = false
      release()
    }
  }, [text])
  return (
    <YamlEditor
      {...props}
      value={text}
      onChange={(next) => {
        setText(next)
        props.onChange(next)
      }}
      markers={answer?.diagnostics ?? props.markers}
    />
  )
}

const meta = {
  title: 'Editor/Text',
  component: YamlEditor,
  render: (args) => <Written {...args} />,
  args: { label: 'Workflow in YAML', value: TEXT, onChange: fn(), onSave: fn(), onCursorLine: fn(), markers: [] },
} satisfies Meta<typeof YamlEditor>
export default meta

type Story = StoryObj<typeof meta>

/** Waits until the plain text area has given way to the full editor. */
async function loaded(canvasElement: HTMLElement): Promise<HTMLElement> {
  const canvas = within(canvasElement)
  await waitFor(() => expect(canvasElement.querySelector('.view-line')).toBeVisible(), { timeout: 20_000 })
  await canvas.findByRole('button', { name: 'Wrap lines' })
  return canvas.getByRole('textbox', { name: 'Workflow in YAML' })
}

export const Valid: Story = {
  play: async ({ canvasElement }) => {
    await loaded(canvasElement)
    await waitFor(() => expect(canvasElement.querySelector('.view-lines')?.textContent).toContain('approval'))
  },
}

export const WithProblems: Story = {
  args: { value: TEXT.replace('type: ai_generate', 'type: ai_generat').replace('start_step: ask\n', '') },
  play: async ({ canvasElement }) => {
    await loaded(canvasElement)
    await waitFor(() => expect(canvasElement.querySelector('.squiggly-error')).toBeVisible(), { timeout: 10_000 })
    expect(canvasElement.querySelector('.squiggly-warning')).toBeVisible()
  },
}

export const ReadOnly: Story = {
  args: { readOnly: true },
  play: async ({ canvasElement }) => void (await loaded(canvasElement)),
}

export const LongLines: Story = {
  args: { value: `name: ${'A rather long name '.repeat(10)}\n# ${'word '.repeat(80)}\n${TEXT}` },
  play: async ({ canvasElement }) => {
    await loaded(canvasElement)
    const wrap = within(canvasElement).getByRole('button', { name: 'Wrap lines' })
    await userEvent.click(wrap)
    await expect(wrap).toHaveAttribute('aria-pressed', 'true')
    await userEvent.click(wrap)
    await expect(wrap).toHaveAttribute('aria-pressed', 'false')
  },
}

export const SavedByKey: Story = {
  play: async ({ args, canvasElement }) => {
    const box = await loaded(canvasElement)
    box.focus()
    await userEvent.keyboard('{Control>}s{/Control}')
    await expect(args.onSave).toHaveBeenCalledTimes(1)
  },
}

/** What is typed, selected and focused in the plain text area goes on in the full editor. */
export const TakesOver: Story = {
  render: (args) => <Begun {...args} />,
  play: async ({ args, canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Begin' }))
    const area = canvas.getByRole('textbox', { name: 'Workflow in YAML' })
    if (!(area instanceof HTMLTextAreaElement)) throw new Error('The full editor was there before anybody could type.')
    area.focus()
    fireEvent.change(area, { target: { value: `# typed early\n${TEXT}` } })
    area.setSelectionRange(2, 7)
    const box = await loaded(canvasElement)
    await expect(canvasElement.querySelector('.view-line')?.textContent?.replaceAll('\u00a0', ' ')).toBe(
      '# typed early',
    )
    await expect(args.onChange).toHaveBeenLastCalledWith(`# typed early\n${TEXT}`)
    await waitFor(() => expect(box).toHaveFocus())
    await expect(canvasElement.querySelector('.selected-text')).toBeVisible()
    await expect(canvas.getAllByRole('textbox')).toHaveLength(1)
  },
}

function Begun(props: YamlEditorProps): ReactNode {
  const [begun, setBegun] = useState(false)
  return begun ? <Written {...props} /> : <Button onClick={() => setBegun(true)}>Begin</Button>
}
