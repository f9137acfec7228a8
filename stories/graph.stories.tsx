import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { LazyGraph } from '#components/graph/lazy-graph.tsx'
import { LOOPS, long, SMALL } from './fixtures/graphs.ts'
import { LONG } from './fixtures/workflows.ts'

const meta = {
  component: LazyGraph,
  args: { graph: LOOPS, onSelect: fn(), className: 'h-[40rem] rounded-lg border' },
} satisfies Meta<typeof LazyGraph>
export default meta

type Story = StoryObj<typeof meta>

export const Small: Story = { args: { graph: SMALL } }

export const BranchesAndLoops: Story = { args: { selected: 'review' } }

export const PathTaken: Story = {
  args: {
    marks: new Map([
      ['brief', { status: 'completed', visits: 1 }],
      ['draft', { status: 'completed', visits: 2 }],
      ['score', { status: 'completed', visits: 2 }],
      ['polish', { status: 'pending', visits: 0 }],
      ['review', { status: 'completed', visits: 2 }],
      ['publish', { status: 'completed', visits: 1 }],
      ['note', { status: 'pending', visits: 0 }],
    ]),
    taken: new Set(['brief>draft', 'draft>score', 'score>review', 'review>draft', 'review>publish', 'publish>']),
  },
}

export const Running: Story = {
  args: {
    selected: 'review',
    marks: new Map([
      ['brief', { status: 'completed', visits: 1 }],
      ['draft', { status: 'running', visits: 1 }],
      ['review', { status: 'waiting', visits: 1 }],
    ]),
    taken: new Set(['brief>draft']),
  },
}

export const Failed: Story = {
  args: {
    graph: SMALL,
    marks: new Map([
      ['collect_brief', { status: 'completed', visits: 1 }],
      ['generate_draft', { status: 'failed', visits: 3 }],
      ['manager_approval', { status: 'pending', visits: 0 }],
    ]),
    taken: new Set(['collect_brief>generate_draft']),
  },
}

export const WithErrors: Story = { args: { graph: SMALL, problems: new Set(['generate_draft']) } }

export const Stale: Story = { args: { stale: true } }

export const SixtySteps: Story = { args: { graph: long(60) } }

export const TwoHundredSteps: Story = { args: { graph: long(240) } }

export const LongNames: Story = {
  args: { graph: { ...SMALL, nodes: SMALL.nodes.map((node) => ({ ...node, name: LONG })) } },
}

export const RightToLeftNames: Story = {
  args: { graph: { ...SMALL, nodes: SMALL.nodes.map((node) => ({ ...node, name: 'مراجعة المدير للمسودة' })) } },
}

export const Narrow: Story = {
  decorators: [
    (Story) => (
      <div className="w-80">
        <Story />
      </div>
    ),
  ],
}

export const GoesByKeyboard: Story = {
  args: { graph: SMALL },
  play: async ({ canvas, canvasElement, args }) => {
    const drawing = await canvas.findByRole('region', { name: 'Graph of the workflow' })
    const first = await within(drawing).findByRole('button', { name: /Collect the brief/ })
    first.focus()
    await userEvent.keyboard('{ArrowDown}')
    await waitFor(() => expect(canvasElement.ownerDocument.activeElement).toHaveAccessibleName(/generate_draft/))
    await userEvent.keyboard('{Enter}')
    await expect(args.onSelect).toHaveBeenCalledWith('generate_draft')
  },
}

export const SaysTheSameAsAList: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByText('The graph as a list'))
    const list = canvas.getAllByRole('list')[0]
    if (!list) throw new Error('There is no list.')
    const item = within(list)
      .getByRole('button', { name: /Editor’s review Approval/ })
      .closest('li')
    await expect(item).toHaveTextContent('Then: PublishRejected: Note the failureChanges asked: Write a draft')
    await userEvent.click(within(list).getByRole('button', { name: 'Polish' }))
    await expect(within(list).getByRole('button', { name: /Polish AI/ })).toHaveFocus()
    await expect(args.onSelect).not.toHaveBeenCalled()
  },
}
