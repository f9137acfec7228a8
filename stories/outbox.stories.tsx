import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { OutboxView } from '#components/outbox/outbox-view.tsx'
import type { OutboxMessage } from '#lib/contracts/outbox.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

const message: OutboxMessage = {
  id: 'msg_1',
  kind: 'approval_request',
  run_id: 'run_1',
  to: 'manager@company.com',
  subject: 'Approval Required - Manager’s approval',
  text: 'Sarah asks for your approval.\n\nApprove: http://localhost:3000/a/token?choice=approve',
  html: '<!doctype html><html lang="en"><title>Mail</title><body><main><h1>Sarah asks for your approval</h1></main></body></html>',
  links: [
    { rel: 'approve', url: 'http://localhost:3000/a/token?choice=approve' },
    { rel: 'reject', url: 'http://localhost:3000/a/token?choice=reject' },
  ],
  created_at: before(4 * MINUTES),
  sent_at: before(3 * MINUTES),
  channel: 'outbox',
  status: 'sent',
  error: null,
  repeats: 0,
}

const meta = {
  component: OutboxView,
  args: {
    messages: [
      message,
      { ...message, id: 'msg_2', channel: 'smtp', subject: LONG, to: `${'x'.repeat(120)}@company.com` },
      {
        ...message,
        id: 'msg_3',
        channel: null,
        status: 'failed',
        error: 'The mail server refused the address.',
        sent_at: null,
      },
      { ...message, id: 'msg_4', channel: null, status: 'queued', sent_at: null },
      { ...message, id: 'msg_5', channel: null, status: 'skipped', sent_at: null },
    ],
    to: '',
    onTo: fn(),
    runId: null,
    onMore: fn(),
  },
} satisfies Meta<typeof OutboxView>
export default meta

type Story = StoryObj<typeof meta>

export const Mails: Story = {}

export const OpensAMail: Story = {
  play: async ({ canvas }) => {
    const [first] = canvas.getAllByText('Approval Required - Manager’s approval')
    if (first) await userEvent.click(first)
    const preview = await canvas.findByTitle(/^Preview of/)
    await expect(preview).toHaveAttribute('sandbox', '')
    await expect(canvas.getByRole('link', { name: 'Reject link' })).toHaveAttribute('href', message.links[1]?.url)
  },
}

export const SentAgain: Story = {
  args: { messages: [{ ...message, channel: 'smtp', repeats: 1 }], runId: 'run_1' },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Sent again after an interruption; the first may have arrived too.')).toBeVisible()
  },
}

export const SentAgainTwice: Story = {
  args: { messages: [{ ...message, channel: 'smtp', repeats: 2 }], runId: 'run_1' },
  play: async ({ canvas }) => {
    await expect(
      canvas.getByText('Sent again 2 times after interruptions; earlier ones may have arrived too.'),
    ).toBeVisible()
  },
}

export const Loading: Story = { args: { messages: undefined } }

export const Empty: Story = { args: { messages: [] } }

export const NoMatch: Story = { args: { messages: [], to: 'nobody@company.com', runId: 'run_1' } }
