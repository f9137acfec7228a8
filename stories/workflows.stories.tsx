import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { NO_FILTERS } from '#components/workflows/workflow-filters.ts'
import { WorkflowListView } from '#components/workflows/workflow-list-view.tsx'
import { LONG, workflowRow, workflowRows } from './fixtures/workflows.ts'

const meta = {
  component: WorkflowListView,
  args: {
    workflows: workflowRows,
    filters: NO_FILTERS,
    onFilters: fn(),
    tags: [
      { tag: 'marketing', count: 3 },
      { tag: 'sales', count: 1 },
    ],
    canCreate: true,
    can: { run: true, update: true, remove: true },
    onRun: fn(),
    onEnabled: fn(),
    onDelete: fn(),
    onMore: fn(),
  },
} satisfies Meta<typeof WorkflowListView>
export default meta

type Story = StoryObj<typeof meta>

export const Rows: Story = {
  args: { hasMore: true },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Last 3 runs: 2 failed, 1 completed')).toBeInTheDocument()
  },
}

export const ForViewers: Story = {
  args: { can: { run: false, update: false, remove: false }, canCreate: false },
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button', { name: /What to do with/ })).toBeNull()
  },
}

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

export const NoMatch: Story = {
  args: { workflows: [], filters: { ...NO_FILTERS, q: 'nothing like this', tag: 'gone', sort: 'name' } },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Show all workflows' }))
    await expect(args.onFilters).toHaveBeenCalledWith({ ...NO_FILTERS, sort: 'name' })
  },
}

export const Unreachable: Story = {
  args: { workflows: undefined, error: 'Scaff cannot be reached. Check the connection and try again.' },
}

export const LongAndRightToLeft: Story = {
  args: {
    workflows: [
      { ...workflowRow, name: LONG, description: LONG, tags: [LONG, 'b', 'c', 'd', 'e'] },
      {
        ...workflowRow,
        id: 'wf_9',
        name: 'مولد مقالات المدونة',
        description: 'يكتب المسودة ثم يطلب الموافقة',
        tags: ['تسويق'],
      },
    ],
  },
}

export const FiltersByTagOfARow: Story = {
  play: async ({ canvas, args }) => {
    const [tag] = canvas.getAllByRole('button', { name: 'marketing' })
    if (tag) await userEvent.click(tag)
    await expect(args.onFilters).toHaveBeenCalledWith({ ...NO_FILTERS, tag: 'marketing' })
  },
}

export const ActsOnARowWithKeys: Story = {
  play: async ({ canvas, args }) => {
    canvas.getByRole('button', { name: 'What to do with Blog post generator' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(await screen.findByRole('menuitem', { name: 'Run' }, { timeout: 10_000 })).toBeVisible()
    await userEvent.click(screen.getByRole('menuitem', { name: /Disable/ }))
    await expect(args.onEnabled).toHaveBeenCalledWith(workflowRow, false)
  },
}
