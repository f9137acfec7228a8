import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn } from 'storybook/test'
import { AppShellView } from '#components/shell/app-shell-view.tsx'
import { ListSkeleton } from '#components/ui/list-skeleton.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { LONG } from './fixtures/workflows.ts'

const meta = {
  component: AppShellView,
  parameters: { bare: true },
  args: {
    user: { name: 'Sarah Miller', email: 'sarah@company.com', role: 'owner' },
    path: '/inbox/wait_1',
    inboxCount: 3,
    signOut: fn(),
    children: <PageHeader title="Inbox" />,
  },
} satisfies Meta<typeof AppShellView>
export default meta

type Story = StoryObj<typeof meta>

export const Owner: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: /^Inbox/ })).toHaveAttribute('aria-current', 'page')
    await expect(canvas.getByRole('link', { name: 'Outbox' })).toBeVisible()
  },
}

export const Viewer: Story = {
  args: { user: { name: null, email: `${LONG.replaceAll(' ', '')}@company.com`, role: 'viewer' }, inboxCount: 0 },
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('link', { name: 'Outbox' })).toBeNull()
    await expect(canvas.queryByRole('link', { name: 'Settings' })).toBeNull()
  },
}

export const ManyWaiting: Story = { args: { inboxCount: 250 } }

export const Loading: Story = { args: { children: <ListSkeleton /> } }
