import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { ApprovalPane } from '#components/inbox/approval-pane.tsx'
import { DecideFormView } from '#components/inbox/decide-form-view.tsx'
import { readInboxParams } from '#components/inbox/inbox-params.ts'
import { InboxView } from '#components/inbox/inbox-view.tsx'
import { approval, approvalRow, decision } from './fixtures/approvals.ts'
import { quorum } from './fixtures/waits.ts'
import { after, before, LONG, MINUTES } from './fixtures/workflows.ts'

const at = (query: string) => {
  const params = new URLSearchParams(query)
  return readInboxParams((name) => params.get(name))
}

const decide = (
  <DecideFormView
    choices={approval.choices}
    consequences={approval.consequences}
    pending={false}
    error={null}
    onDecide={fn()}
  />
)
const detail = <ApprovalPane beside approval={approval} decide={decide} reassign={() => null} onBack={fn()} />

const HOUR = 60 * MINUTES
const rows = [
  { ...approvalRow, expires_at: before(3 * HOUR), priority: 'high' as const },
  {
    ...approvalRow,
    id: 'wait_2',
    title: LONG,
    excerpt: LONG,
    priority: 'low' as const,
    expires_at: null,
    requested_by: null,
    workflow_id: 'wf_2',
  },
  {
    ...approvalRow,
    id: 'wait_3',
    title: 'Pay \u202eegnahc\u202c exactly 100',
    quorum: { ...quorum, policy: 'all' as const, needed: 2, approved: 1, total: 2 },
    expires_at: after(5 * HOUR),
  },
  {
    ...approvalRow,
    id: 'wait_4',
    title: 'موافقة على النص',
    excerpt: 'مرحبا، هذا نص بالعربية',
    expires_at: after(90 * HOUR),
  },
]

const meta = {
  component: InboxView,
  parameters: { bare: true },
  args: {
    params: at(''),
    counts: { mine: 3, all: 7 },
    facets: {
      workflows: [{ id: 'wf_1', name: 'Blog post generator', count: 3 }],
      requesters: [{ name: 'sarah@company.com', count: 4 }],
    },
    approvals: rows,
    current: 'wait_1',
    detail,
    selected: new Set<string>(),
    onToggle: fn(),
    onBulk: fn(),
    onClear: fn(),
    onParams: fn(),
    onOpen: fn(),
    onMore: fn(),
  },
  render: (args) => (
    <main className="[--shell-top:0px]">
      <InboxView {...args} />
    </main>
  ),
} satisfies Meta<typeof InboxView>
export default meta

type Story = StoryObj<typeof meta>

export const Mine: Story = {
  args: { hasMore: true },
  play: async ({ canvas, args }) => {
    await expect(canvas.getByText('Overdue by 3 h')).toBeVisible()
    await expect(canvas.getByText('1 of 2 approved')).toBeVisible()
    await userEvent.click(canvas.getByRole('checkbox', { name: /^Select “Manager/ }))
    await expect(args.onToggle).toHaveBeenCalledWith('wait_1')
    await userEvent.click(canvas.getByRole('link', { name: /^Pay/ }))
    await expect(args.onOpen).toHaveBeenCalledWith('wait_3')
  },
}

/** On a phone either the list or what was opened. */
export const OpenedOnAPhone: Story = { args: { params: at('id=wait_1') } }

export const RightToLeft: Story = {
  render: (args) => (
    <main dir="rtl" className="[--shell-top:0px]">
      <InboxView {...args} />
    </main>
  ),
}

export const SeveralSelected: Story = {
  args: { selected: new Set(['wait_1', 'wait_3']) },
  play: async ({ canvas, args }) => {
    await expect(canvas.getByText('2 selected')).toBeVisible()
    // Of another workflow: what is said of the others cannot be said of it.
    await expect(
      canvas.getByRole('checkbox', { name: /^Select “A title|^Select “Lorem|^Select “.{80,}/ }),
    ).toBeDisabled()
    const [foot] = canvas.getAllByRole('button', { name: 'Approve' })
    if (foot) await userEvent.click(foot)
    await expect(args.onBulk).toHaveBeenCalledWith('approve')
  },
}

export const Filtered: Story = {
  args: { params: at('workflow=wf_1&priority=high&due=day&by=sarah@company.com&sort=priority') },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Remove the filter “Priority: high”' }))
    await expect(args.onParams).toHaveBeenCalledWith({ priority: null })
  },
}

export const NothingMatches: Story = {
  args: { params: at('priority=low'), approvals: [], current: null, detail: null },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Clear the filters' }))
    await expect(args.onParams).toHaveBeenCalledWith({ workflow: null, priority: null, due: null, by: null })
  },
}

export const Loading: Story = {
  args: { approvals: undefined, counts: undefined, facets: undefined, current: null, detail: null },
}

export const NothingForMe: Story = {
  args: { approvals: [], counts: { mine: 0, all: 4 }, current: null, detail: null },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'See the 4 that wait for others' }))
    await expect(args.onParams).toHaveBeenCalledWith({ tab: 'team' })
  },
}

export const NothingAtAll: Story = {
  args: { params: at('tab=team'), approvals: [], counts: { mine: 0, all: 0 }, current: null, detail: null },
}

export const Unreachable: Story = {
  args: { approvals: undefined, error: 'Scaff cannot be reached.', current: null, detail: null },
}

export const Decided: Story = {
  args: {
    params: at('tab=decided'),
    approvals: (['approved', 'rejected', 'revised', 'expired', 'canceled'] as const).map((status) => ({
      ...approvalRow,
      id: status,
      status,
      mine: false,
      decided: { by: status === 'expired' ? null : decision.by, at: before(4 * MINUTES) },
    })),
    current: null,
    detail: null,
  },
}
