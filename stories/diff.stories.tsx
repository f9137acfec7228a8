import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, userEvent } from 'storybook/test'
import { TextDiff } from '#components/diff/text-diff.tsx'
import { LONG, YAML } from './fixtures/workflows.ts'

const rows = Array.from({ length: 24 }, (_, i) => `# line ${i + 1} that nobody changed`).join('\n')

const meta = {
  component: TextDiff,
  args: {
    before: YAML,
    after: `${YAML.replace('Write about {{ topic }}.', 'Write a calm post about {{ topic }}.')}    timeout: 24h\n`,
    beforeLabel: 'Version 3',
    afterLabel: 'Version 4',
  },
  decorators: [
    (Story) => (
      <div className="overflow-hidden rounded-lg border bg-surface">
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TextDiff>
export default meta

type Story = StoryObj<typeof meta>

export const Changed: Story = {
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByText('2 changes: 2 lines added, 1 line removed', undefined, { timeout: 5_000 }),
    ).toBeVisible()
  },
}

export const Folded: Story = {
  args: { before: `${rows}\nend: 1\n`, after: `first: 1\n${rows}\nend: 2\n` },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: '18 lines unchanged' }))
    await expect(canvas.getAllByText('# line 12 that nobody changed')[0]).toBeVisible()
  },
}

export const FromChangeToChange: Story = {
  args: { before: `a: 1\n${rows}\nend: 1\n`, after: `a: 2\n${rows}\nend: 2\n` },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Next' }))
    await expect(canvasElement.ownerDocument.activeElement).toHaveTextContent('a: 1')
    await userEvent.keyboard('n')
    await expect(canvasElement.ownerDocument.activeElement).toHaveTextContent('end: 1')
    await userEvent.keyboard('p')
    await expect(canvasElement.ownerDocument.activeElement).toHaveTextContent('a: 1')
  },
}

export const Same: Story = { args: { after: YAML } }

export const EverythingNew: Story = { args: { before: '' } }

export const LongLines: Story = { args: { before: `prompt: ${LONG}`, after: `prompt: ${LONG} and more` } }

export const RightToLeft: Story = { args: { before: 'name: مراجعة', after: 'name: مراجعة المسودة' } }
