import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import type { ReactNode } from 'react'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { DecideFormView } from '#components/inbox/decide-form-view.tsx'
import { CancelDialog } from '#components/timeline/cancel-dialog.tsx'
import { ContextView } from '#components/timeline/context-view.tsx'
import { RetryDialog } from '#components/timeline/retry-dialog.tsx'
import { RunPageView } from '#components/timeline/run-page-view.tsx'
import { Button } from '#components/ui/button.tsx'
import { decision, failedRun, formWait, history, run } from './fixtures/runs.ts'
import { LONG } from './fixtures/workflows.ts'

const decide = <DecideFormView choices={['approve', 'reject']} pending={false} error={null} onDecide={fn()} />

const meta = {
  component: RunPageView,
  args: {
    run,
    tab: 'steps',
    connected: true,
    actions: <Button>Cancel</Button>,
    answer: (): ReactNode => null,
    context: null,
  },
} satisfies Meta<typeof RunPageView>
export default meta

type Story = StoryObj<typeof meta>

export const WaitingForAnApproval: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for manager@company.com since 2 h')).toBeVisible()
  },
}

export const WithTheDecisionRightThere: Story = { args: { answer: () => decide } }

export const WaitingForAForm: Story = { args: { run: { ...run, waits: [formWait], current_step: 'collect_brief' } } }

export const Running: Story = {
  args: { run: { ...run, status: 'running', waits: [], waiting: null, current_step: 'generate_draft' } },
}

export const Queued: Story = {
  args: { run: { ...run, status: 'queued', waits: [], waiting: null, current_step: null, steps: [], events: [] } },
}

export const Failed: Story = { args: { run: failedRun } }

export const RefusedByThePolicy: Story = {
  args: {
    run: {
      ...failedRun,
      error: { code: 'approval.rejected', message: 'Rejected: “Not our tone”', step: 'manager_approval' },
      steps: [
        ...history.slice(0, 2),
        ...history.slice(2).map((entry) => ({
          ...entry,
          status: 'failed' as const,
          decisions: [{ ...decision, decision: 'reject' as const, comment: 'Not our tone' }],
        })),
      ],
    },
  },
}

export const Canceled: Story = {
  args: {
    run: {
      ...run,
      status: 'canceled',
      waits: [],
      waiting: null,
      current_step: null,
      events: run.events.map((event) => ({ ...event, type: 'run.canceled', data: { reason: 'Started by mistake' } })),
    },
  },
}

export const Completed: Story = {
  args: {
    run: {
      ...run,
      status: 'completed',
      waits: [],
      waiting: null,
      current_step: null,
      duration_ms: 95_000,
      outputs: { title: LONG, tags: ['ai', 'development'], words: 1_000, published: true, link: null },
    },
  },
}

export const MadeUpByTheMock: Story = {
  args: {
    run: {
      ...run,
      steps: history.map((entry) => ({
        ...entry,
        ai_calls: entry.ai_calls.map((call) => ({ ...call, provider: 'mock', model: 'mock-1' })),
      })),
    },
  },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByText('generate_draft'))
    await expect(canvas.getByText(/the built-in mock made this answer up/)).toBeVisible()
  },
}

export const EachAiAnswerByItself: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByText('generate_draft'))
    await expect(canvas.getByText('2 violations')).toBeVisible()
    await userEvent.click(canvas.getByText('First answer'))
    await expect(canvas.getByText(/must be at least 10 characters/)).toBeVisible()
  },
}

export const Disconnected: Story = { args: { connected: false } }

export const Events: Story = { args: { tab: 'events' } }

const contextArgs = { steps: run.workflow.steps, at: '', onAt: fn(), error: null }

export const Context: Story = {
  args: {
    tab: 'context',
    context: (
      <ContextView
        {...contextArgs}
        context={{
          static: {},
          profile: { name: 'Sarah', agent_id: null },
          runtime: { topic: 'AI', nested: { a: [1, [], {}] } },
          steps: {},
        }}
      />
    ),
  },
}

export const ContextLoading: Story = {
  args: { tab: 'context', context: <ContextView {...contextArgs} context={undefined} /> },
}

export const AskedBeforeCanceling: StoryObj = {
  render: () => <CancelDialog open onOpenChange={fn()} pending={false} error={null} onCancelRun={fn()} />,
}

const onRetry = fn()

export const RetriesFromAStep: StoryObj = {
  render: () => <RetryDialog run={failedRun} open onOpenChange={fn()} pending={false} error={null} onRetry={onRetry} />,
  play: async () => {
    await userEvent.selectOptions(await screen.findByLabelText('Begin at'), 'generate_draft')
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
    await expect(onRetry).toHaveBeenCalledWith('generate_draft')
  },
}
