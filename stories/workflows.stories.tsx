import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn } from 'storybook/test'
import { WorkflowListView } from '#components/workflows/workflow-list-view.tsx'
import { workflowRows } from './fixtures/workflows.ts'

const meta = {
  component: WorkflowListView,
  args: { workflows: workflowRows, query: '', onQuery: fn(), canCreate: true, onMore: fn() },
} satisfies Meta<typeof WorkflowListView>
export default meta

type Story = StoryObj<typeof meta>

export const Rows: Story = { args: { hasMore: true } }

export const Loading: Story = { args: { workflows: undefined } }

export const Empty: Story = {
  args: { workflows: [] },
  play: async ({ canvas }) => {
    const links = canvas.getAllByRole('link')
    await expect(links).toHaveLength(1)
    await expect(links[0]).toHaveAttribute('href', '/workflows/new')
  },
}

export const EmptyForViewers: Story = { args: { workflows: [], canCreate: false } }

export const NoMatch: Story = { args: { workflows: [], query: 'nothing like this' } }

export const Unreachable: Story = {
  args: { workflows: undefined, error: 'Scaff cannot be reached. Check the connection and try again.' },
}
