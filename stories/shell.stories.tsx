import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent, within } from 'storybook/test'
import NotFound from '#app/(dashboard)/not-found.tsx'
import { ReconnectBannerView } from '#components/live/reconnect-banner-view.tsx'
import { AppShellView } from '#components/shell/app-shell-view.tsx'
import { DashboardErrorView } from '#components/shell/dashboard-error-view.tsx'
import { WidePage } from '#components/shell/wide-page.tsx'
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
    theme: 'system',
    onTheme: fn(),
    onSearch: fn(),
    onHelp: fn(),
    onSignOut: fn(),
    children: <PageHeader title="Inbox" />,
  },
} satisfies Meta<typeof AppShellView>
export default meta

type Story = StoryObj<typeof meta>

const phone = { globals: { viewport: { value: 'mobile1' } } }
/** The test's window may be wide or narrow: one of both navigations is there. */
const isWide = () => window.matchMedia('(min-width: 64rem)').matches

export const Owner: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getAllByRole('link', { name: /^Inbox/ })[0]).toBeInTheDocument()
    if (!isWide()) return
    await expect(canvas.getByRole('link', { name: /^Inbox/, current: 'page' })).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'Outbox' })).toBeVisible()
  },
}

export const UserMenu: Story = {
  play: async ({ canvas, args }) => {
    if (!isWide()) return
    await userEvent.click(canvas.getByRole('button', { name: /Sarah Miller/ }))
    const menu = within(await screen.findByRole('menu'))
    await expect(menu.getByRole('menuitemcheckbox', { name: 'As the system' })).toBeChecked()
    await userEvent.click(menu.getByRole('menuitemcheckbox', { name: 'Dark' }))
    await expect(args.onTheme).toHaveBeenCalledWith('dark')
  },
}

export const OnAPhone: Story = {
  ...phone,
  play: async ({ canvas }) => {
    if (isWide()) return
    await userEvent.click(canvas.getByRole('button', { name: 'Menu' }))
    const menu = within(await screen.findByRole('dialog'))
    await expect(menu.getByRole('link', { name: /^Inbox/, current: 'page' })).toBeVisible()
    await userEvent.click(menu.getByRole('link', { name: 'Runs' }))
    await expect(screen.queryByRole('dialog')).toBeNull()
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

export const RightToLeftName: Story = {
  args: { user: { name: 'مريم الأحمد', email: 'maryam@company.com', role: 'approver' } },
}

export const Loading: Story = { args: { children: <ListSkeleton /> } }

export const WideContent: Story = {
  args: {
    children: (
      <WidePage bleed className="p-4">
        <div className="grow rounded-lg border border-dashed" />
      </WidePage>
    ),
  },
}

export const WithoutConnection: Story = {
  args: {
    children: (
      <>
        <PageHeader title="Runs" />
        <ReconnectBannerView connection="lost" path="/runs" />
      </>
    ),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('status')).toHaveTextContent('No connection. Runs go on')
  },
}

export const SignedOutElsewhere: Story = {
  args: {
    children: (
      <>
        <PageHeader title="Runs" />
        <ReconnectBannerView connection="signed-out" path="/runs?status=failed" />
      </>
    ),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: 'Sign in' })).toHaveAttribute(
      'href',
      '/login?returnTo=%2Fruns%3Fstatus%3Dfailed',
    )
  },
}

const retry = fn()
const reload = fn()

export const PageFailed: Story = {
  args: { children: <DashboardErrorView reference="2841902217" onRetry={retry} /> },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('alert')).toHaveTextContent('2841902217')
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(retry).toHaveBeenCalledOnce()
  },
}

export const PageAfterAnUpdate: Story = {
  args: { children: <DashboardErrorView missing onRetry={reload} /> },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Reload the page' }))
    await expect(reload).toHaveBeenCalledOnce()
  },
}

export const PageNotFound: Story = { args: { children: <NotFound /> } }
