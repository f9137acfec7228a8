import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { LinkApprovalPage } from '#components/inbox/link-approval-page.tsx'
import type { LinkAction } from '#components/inbox/link-approval-view.tsx'
import { LinkStatePage } from '#components/inbox/link-state-page.tsx'
import { decision, openLink } from './fixtures/approvals.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

/** Answers like the server: the first act gets a nonce, the second stays on the page to be looked at. */
const act: LinkAction = async (_previous, form) => {
  const comment = String(form.get('comment'))
  if (form.get('act') === 'back') return { at: 'choose', choice: 'reject', comment, error: null }
  return { at: 'confirm', choice: 'reject', comment, nonce: 'nonce', error: null }
}

const meta = {
  component: LinkApprovalPage,
  parameters: { bare: true },
  args: { link: openLink, preselected: null, action: fn(act) },
} satisfies Meta<typeof LinkApprovalPage>
export default meta

type Story = StoryObj<typeof meta>

export const Open: Story = {}

export const Preselected: Story = {
  args: { preselected: 'approve' },
  play: async ({ canvas, args }) => {
    await expect(canvas.getByRole('radio', { name: /^Approve/ })).toBeChecked()
    await expect(args.action).not.toHaveBeenCalled()
  },
}

export const AsksToConfirm: Story = {
  args: { preselected: 'reject' },
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByLabelText(/^Comment/), 'Not our tone')
    await userEvent.click(canvas.getByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByRole('button', { name: 'Confirm rejection' })).toBeVisible()
    await expect(canvas.getByText('Not our tone')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Back' }))
    await expect(await canvas.findByLabelText(/^Comment/)).toHaveValue('Not our tone')
  },
}

export const WithACode: Story = {
  args: { link: { ...openLink, confirm: 'code' }, preselected: 'reject' },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByLabelText('Code from the mail')).toBeVisible()
  },
}

export const BySigningIn: Story = { args: { link: { ...openLink, confirm: 'login' } } }

export const NotByWhoAsked: Story = { args: { link: { ...openLink, choices: [] } } }

export const CameBack: Story = {
  args: {
    link: {
      ...openLink,
      previous: {
        show: { ...openLink.show, title: 'Some things about AI' },
        outcome: 'revised',
        decisions: [{ ...decision, decision: 'revise', comment: 'A better title, please.' }],
        asked_at: before(300 * MINUTES),
        closed_at: before(200 * MINUTES),
      },
    },
  },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByText('Changed since the last time: see what it was'))
    await expect(canvas.getByText('Some things about AI')).toBeVisible()
  },
}

export const OneOfSeveral: Story = {
  args: {
    link: {
      ...openLink,
      approvers: [
        { email: 'legal@company.com', decided: 'approve', awaited: false },
        { email: 'manager@company.com', decided: null, awaited: true },
      ],
      quorum: { policy: 'all', needed: 2, approved: 1, rejected: 0, total: 2 },
      decisions: [{ ...decision, approver: 'legal@company.com', by: { ...decision.by, label: 'legal@company.com' } }],
    },
  },
}

export const LongTexts: Story = {
  args: { link: { ...openLink, title: LONG, message: LONG, decisions: [{ ...decision, comment: LONG }] } },
}

const closed = { title: 'Manager’s approval', at: before(5 * MINUTES) }

export const Decided: StoryObj = {
  render: () => (
    <LinkStatePage
      link={{
        state: 'decided',
        ...closed,
        outcome: 'approved',
        by: 'manager@company.com',
        decision: 'approve',
        comment: 'Good',
        run_id: null,
      }}
    />
  ),
}

/** By somebody who is signed in and may read runs. */
export const DecidedBySomebodySignedIn: StoryObj = {
  render: () => (
    <LinkStatePage
      link={{
        state: 'decided',
        ...closed,
        outcome: 'rejected',
        by: 'manager@company.com',
        decision: 'reject',
        comment: '',
        run_id: 'run_1',
      }}
    />
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: 'Open the run' })).toHaveAttribute('href', '/runs/run_1')
  },
}

export const DecidedWhileOthersAreAsked: StoryObj = {
  render: () => (
    <LinkStatePage
      link={{
        state: 'decided',
        ...closed,
        outcome: 'pending',
        by: 'manager@company.com',
        decision: 'approve',
        comment: '',
        run_id: null,
      }}
    />
  ),
}

export const NotYourTurn: StoryObj = {
  render: () => (
    <LinkStatePage link={{ state: 'not_your_turn', title: closed.title, waiting_for: 'ana@company.com' }} />
  ),
}

export const Expired: StoryObj = { render: () => <LinkStatePage link={{ state: 'expired', ...closed }} /> }

export const Canceled: StoryObj = { render: () => <LinkStatePage link={{ state: 'canceled', ...closed }} /> }

export const Reassigned: StoryObj = {
  render: () => <LinkStatePage link={{ state: 'reassigned', title: closed.title }} />,
}

export const Invalid: StoryObj = { render: () => <LinkStatePage link={{ state: 'invalid' }} /> }
