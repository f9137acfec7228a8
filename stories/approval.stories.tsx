import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { ApprovalPane } from '#components/inbox/approval-pane.tsx'
import { BulkView } from '#components/inbox/bulk-view.tsx'
import { DecideFormView } from '#components/inbox/decide-form-view.tsx'
import { PaneSkeleton } from '#components/inbox/pane-skeleton.tsx'
import { ReassignView } from '#components/inbox/reassign-view.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import { approval, approvalRow, decision } from './fixtures/approvals.ts'
import { quorum, show } from './fixtures/waits.ts'
import { after, before, LONG, MINUTES } from './fixtures/workflows.ts'

const onDecide = fn()

const meta = {
  component: ApprovalPane,
  args: {
    approval,
    decide: (
      <DecideFormView
        keys
        choices={approval.choices}
        consequences={approval.consequences}
        pending={false}
        error={null}
        onDecide={onDecide}
      />
    ),
    reassign: () => null,
  },
  beforeEach: () => {
    onDecide.mockClear()
    localStorage.clear()
  },
} satisfies Meta<typeof ApprovalPane>
export default meta

type Story = StoryObj<typeof meta>

export const Open: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('U+202E')).toBeVisible()
    await expect(canvas.getAllByText('Written by AI')).toHaveLength(3)
    await expect(canvas.getByText('If nobody decides by then, it counts as rejected.')).toBeVisible()
  },
}

export const DecidesInTwoActs: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: /^Reject/ }))
    await expect(canvas.getByText(/The run ends as failed/)).toBeVisible()
    await expect(canvas.getByLabelText(/^Comment/)).toHaveFocus()
    await userEvent.keyboard('Not our tone')
    await expect(onDecide).not.toHaveBeenCalled()
    await userEvent.click(canvas.getByRole('button', { name: 'Confirm rejection' }))
    await expect(onDecide).toHaveBeenCalledWith('reject', 'Not our tone')
  },
}

export const ByKeyboard: Story = {
  play: async ({ canvas }) => {
    await userEvent.keyboard('a')
    await expect(canvas.getByLabelText(/^Comment/)).toHaveFocus()
    // Letters belong to the comment now, and Escape takes the choice back.
    await userEvent.keyboard('rare{Escape}')
    await expect(canvas.queryByLabelText(/^Comment/)).toBeNull()
    await userEvent.keyboard('a')
    await userEvent.keyboard('Fine by me{Control>}{Enter}{/Control}')
    await expect(onDecide).toHaveBeenCalledWith('approve', 'Fine by me')
  },
}

export const KeysSwitchedOff: Story = {
  beforeEach: () => localStorage.setItem('scaff:single-keys', 'off'),
  play: async ({ canvas }) => {
    await userEvent.keyboard('a')
    await expect(canvas.queryByLabelText(/^Comment/)).toBeNull()
  },
}

export const ARevisionNeedsAComment: Story = {
  play: async ({ canvas }) => {
    await userEvent.keyboard('e')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect(onDecide).not.toHaveBeenCalled()
    await expect(canvas.getByLabelText('Comment')).toHaveAccessibleDescription(/Say what should be changed/)
    await userEvent.keyboard('Shorter{Control>}{Enter}{/Control}')
    await expect(onDecide).toHaveBeenCalledWith('revise', 'Shorter')
  },
}

export const CameBack: Story = {
  args: {
    approval: {
      ...approval,
      previous: {
        show: { ...show, title: 'Some things about AI', subtitle: 'gone' },
        outcome: 'revised',
        decisions: [{ ...decision, decision: 'revise', comment: 'A better title, please.' }],
        asked_at: before(300 * MINUTES),
        closed_at: before(200 * MINUTES),
      },
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('A better title, please.')).toBeVisible()
    await expect(canvas.getByText(/No longer shown: Subtitle/)).toBeVisible()
    await expect(await canvas.findByText('Before')).toBeVisible()
    await userEvent.click(canvas.getByRole('radio', { name: 'As it is now' }))
    await expect(canvas.queryByText('Before')).toBeNull()
  },
}

export const ListsTablesAndMarkup: Story = {
  args: {
    approval: {
      ...approval,
      title: LONG,
      message: LONG,
      show: {
        order_lines: [
          { item: 'Desk', price: 420, in_stock: true },
          { item: 'Lamp', price: 12, in_stock: false },
        ],
        html: '<script>alert(1)</script> **bold** [link](javascript:alert(1))',
        arabic: 'مرحبا، هذا نص طويل بالعربية',
        nothing: null,
        nested: { a: { b: ['c'] } },
        long: Array.from({ length: 40 }, (_, i) => `Line ${i + 1}. ${LONG}`).join('\n'),
      },
      provenance: { html: 'call', long: 'ai' },
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('columnheader', { name: 'In stock' })).toBeVisible()
    await expect(canvas.queryByRole('link', { name: 'link' })).toBeNull()
    const more = canvas.getByRole('button', { name: /^There is more: show all/ })
    await userEvent.click(more)
    await expect(canvas.getByRole('button', { name: 'Fold the text' })).toHaveAttribute('aria-expanded', 'true')
  },
}

const team: Pick<Approval, 'approvers' | 'decisions' | 'quorum'> = {
  approvers: [
    { email: 'legal@company.com', decided: 'approve', awaited: false },
    { email: 'manager@company.com', decided: null, awaited: true },
    { email: 'cfo@company.com', decided: null, awaited: false },
  ],
  decisions: [{ ...decision, approver: 'legal@company.com', by: { via: 'key', id: 'k', label: 'API key bot' } }],
  quorum: { ...quorum, policy: 'sequential', needed: 3, approved: 1, total: 3 },
}

export const OneAfterTheOther: Story = {
  args: { approval: { ...approval, ...team } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Is asked now')).toBeVisible()
    await expect(canvas.getByText('Is asked when it is their turn')).toBeVisible()
    await expect(canvas.getByText(/Approved by an API key \(API key bot\)/)).toBeVisible()
  },
}

const closed: Pick<Approval, 'choices' | 'mine' | 'consequences' | 'silence' | 'reassignable'> = {
  choices: [],
  mine: false,
  consequences: {},
  silence: null,
  reassignable: [],
}

export const NotMine: Story = {
  args: { approval: { ...approval, ...team, choices: [], mine: false, reassignable: [] } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('This still waits for manager@company.com')).toBeVisible()
  },
}

export const Approved: Story = {
  args: {
    approval: {
      ...approval,
      ...closed,
      status: 'approved',
      decisions: [decision],
      decided: { by: decision.by, at: decision.at },
    },
  },
}

export const Rejected: Story = {
  args: {
    approval: {
      ...approval,
      ...closed,
      status: 'rejected',
      decisions: [{ ...decision, decision: 'reject' }],
      decided: { by: decision.by, at: decision.at },
    },
  },
}

export const SentBack: Story = {
  args: {
    approval: {
      ...approval,
      ...closed,
      status: 'revised',
      decisions: [{ ...decision, decision: 'revise' }],
      decided: { by: decision.by, at: decision.at },
    },
  },
}

export const Expired: Story = {
  args: { approval: { ...approval, ...closed, status: 'expired', decided: { by: null, at: before(MINUTES) } } },
}

export const Canceled: Story = {
  args: { approval: { ...approval, ...closed, status: 'canceled', decided: { by: null, at: before(MINUTES) } } },
}

export const ShowsNothing: Story = {
  args: { approval: { ...approval, show: {}, message: '', expires_at: after(10 * MINUTES) } },
}

export const Loading: StoryObj = { render: () => <PaneSkeleton /> }

const onReassign = fn()

export const Reassigning: StoryObj = {
  render: () => (
    <ReassignView
      open
      onOpenChange={fn()}
      places={['manager@company.com', 'cfo@company.com']}
      own={false}
      pending={false}
      error={null}
      onReassign={onReassign}
    />
  ),
  beforeEach: () => {
    onReassign.mockClear()
  },
  play: async ({ canvasElement }) => {
    const page = within(canvasElement.ownerDocument.body)
    await userEvent.type(await page.findByLabelText(/^E-mail/), 'nobody')
    await userEvent.click(page.getByRole('button', { name: 'Reassign' }))
    await expect(page.getByLabelText(/^E-mail/)).toHaveAccessibleDescription(/not an e-mail address/)
    await expect(onReassign).not.toHaveBeenCalled()
    await userEvent.type(page.getByLabelText(/^E-mail/), '@company.com')
    await userEvent.selectOptions(page.getByLabelText('In place of'), 'cfo@company.com')
    await userEvent.type(page.getByLabelText(/^Why/), 'On leave')
    await userEvent.click(page.getByRole('button', { name: 'Reassign' }))
    await expect(onReassign).toHaveBeenCalledWith({
      from: 'cfo@company.com',
      to: 'nobody@company.com',
      comment: 'On leave',
    })
  },
}

const alike = [approvalRow, { ...approvalRow, id: 'wait_2', requested_by: 'ana@company.com' }]
const bulk = {
  open: true,
  onOpenChange: fn(),
  decision: 'approve',
  approvals: alike,
  shown: new Map(alike.map(({ id }) => [id, { purpose: 'A second monitor', amount: 420 }])),
  pending: false,
  error: null,
  results: null,
  onDecide: fn(),
} as const

export const SeveralAtOnce: StoryObj = {
  render: () => <BulkView {...bulk} />,
  play: async ({ canvasElement }) => {
    const page = within(canvasElement.ownerDocument.body)
    await expect(await page.findAllByText('A second monitor')).toHaveLength(2)
    await expect(page.getByLabelText(/^Comment/)).toHaveFocus()
    await userEvent.keyboard('Within budget{Control>}{Enter}{/Control}')
    await expect(bulk.onDecide).toHaveBeenCalledWith('Within budget')
  },
}

export const SeveralWhileTheyLoad: StoryObj = {
  render: () => <BulkView {...bulk} shown={new Map()} decision="reject" />,
}

export const SeveralDecided: StoryObj = {
  render: () => (
    <BulkView
      {...bulk}
      results={[
        { id: 'wait_1', ok: true, status: 'approved' },
        {
          id: 'wait_2',
          ok: false,
          code: 'resume.already_decided',
          detail: 'This was approved already by ann@company.com.',
        },
      ]}
    />
  ),
  play: async ({ canvasElement }) => {
    const page = within(canvasElement.ownerDocument.body)
    await expect(await page.findByText('1 of 2 were decided')).toBeVisible()
    await expect(page.getByText('This was approved already by ann@company.com.')).toBeVisible()
  },
}
