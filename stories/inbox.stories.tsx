import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { ApprovalView } from '#components/inbox/approval-view.tsx'
import { DecideFormView } from '#components/inbox/decide-form-view.tsx'
import { InboxView } from '#components/inbox/inbox-view.tsx'
import { approval, approvalRow, decision, quorum } from './fixtures/runs.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

const meta = {
  component: InboxView,
  args: {
    tab: 'mine',
    counts: { mine: 3, all: 7 },
    approvals: [
      approvalRow,
      { ...approvalRow, id: 'wait_2', title: LONG, priority: 'high', expires_at: null, requested_by: null },
      { ...approvalRow, id: 'wait_3', quorum: { ...quorum, policy: 'all', needed: 2, approved: 1, total: 2 } },
    ],
    onMore: fn(),
  },
} satisfies Meta<typeof InboxView>
export default meta

type Story = StoryObj<typeof meta>

export const Mine: Story = { args: { hasMore: true } }

export const Loading: Story = { args: { approvals: undefined, counts: undefined } }

export const NothingForMe: Story = { args: { approvals: [], counts: { mine: 0, all: 4 } } }

export const NothingAtAll: Story = { args: { tab: 'all', approvals: [], counts: { mine: 0, all: 0 } } }

export const Unreachable: Story = { args: { approvals: undefined, error: 'Scaff cannot be reached.' } }

const decided = { by: decision.by, at: before(4 * MINUTES) }

export const Decided: Story = {
  args: {
    tab: 'decided',
    approvals: (['approved', 'rejected', 'revised', 'expired', 'canceled'] as const).map((status) => ({
      ...approvalRow,
      id: status,
      status,
      decided: status === 'expired' ? { by: null, at: decided.at } : decided,
    })),
  },
}

const onDecide = fn()
const decide = (
  <DecideFormView choices={['approve', 'reject', 'revise']} pending={false} error={null} onDecide={onDecide} />
)

export const DecidesInTwoActs: StoryObj = {
  render: () => <ApprovalView approval={approval} decide={decide} />,
  beforeEach: () => {
    onDecide.mockClear()
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('U+202E')).toBeVisible()
    await userEvent.click(canvas.getByRole('radio', { name: /^Reject/ }))
    await userEvent.type(canvas.getByLabelText(/^Comment/), 'Not our tone')
    await userEvent.click(canvas.getByRole('button', { name: 'Continue' }))
    await expect(onDecide).not.toHaveBeenCalled()
    await userEvent.click(canvas.getByRole('button', { name: 'Confirm rejection' }))
    await expect(onDecide).toHaveBeenCalledWith('reject', 'Not our tone')
  },
}

export const NotMine: StoryObj = {
  render: () => <ApprovalView approval={{ ...approval, choices: [], mine: false }} decide={null} />,
}

export const AlreadyDecided: StoryObj = {
  render: () => (
    <ApprovalView
      approval={{ ...approval, status: 'approved', choices: [], decisions: [decision], decided }}
      decide={null}
    />
  ),
}

export const ShowsNothing: StoryObj = {
  render: () => <ApprovalView approval={{ ...approval, show: {}, message: '' }} decide={decide} />,
}
