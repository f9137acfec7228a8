import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { DecideFormView } from '#components/inbox/decide-form-view.tsx'
import { asQueued } from '#components/timeline/standstill.ts'
import type { HistoryStep, StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { approval, decision } from './fixtures/approvals.ts'
import { panel } from './fixtures/attempt-panel.tsx'
import { history, summaries } from './fixtures/attempts.ts'
import { Page } from './fixtures/run-page.tsx'
import { failedRun, run } from './fixtures/runs.ts'
import { approvalWait, formWait, quorum } from './fixtures/waits.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

const [form, draft, review] = history as [HistoryStep, HistoryStep, HistoryStep]
const decide = (
  <DecideFormView
    consequences={approval.consequences}
    choices={['approve', 'reject']}
    pending={false}
    error={null}
    onDecide={fn()}
  />
)
const over: Pick<RunDetail, 'waits' | 'waiting' | 'current_step' | 'resume_token' | 'can'> = {
  waits: [],
  waiting: null,
  current_step: null,
  resume_token: null,
  can: { cancel: false, retry: false, fork: true, resolve: false, answer: false, start: true, edit: true },
}

const meta = { component: Page, args: { run }, parameters: { nextjs: { appDirectory: true } } } satisfies Meta<
  typeof Page
>
export default meta

type Story = StoryObj<typeof meta>

export const WaitingForAnApproval: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for manager@company.com since 2 h')).toBeVisible()
  },
}

export const WithTheDecisionRightThere: Story = { args: { answer: () => decide, asked: () => true } }

const onAnswer = fn()

export const AskedWhileAnAttemptIsOpen: Story = {
  args: {
    answer: () => decide,
    asked: () => true,
    onAnswer,
    selected: run.steps[1] ?? null,
    panel: panel({ step: draft }),
  },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Decide' }))
    await expect(onAnswer).toHaveBeenCalled()
    await expect(canvas.queryByRole('button', { name: 'Approve' })).toBeNull()
  },
}

export const WaitingForAForm: Story = { args: { run: { ...run, waits: [formWait], current_step: 'collect_brief' } } }

export const TwoOfThreeApprovals: Story = {
  args: {
    run: {
      ...run,
      waits: [
        {
          ...approvalWait,
          ...(approvalWait.approval && {
            approval: {
              ...approvalWait.approval,
              quorum: { ...quorum, policy: 'all', needed: 3, approved: 2, total: 3 },
            },
          }),
        },
      ],
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/2 of 3 approvals given/)).toBeVisible()
  },
}

export const MailFailed: Story = {
  args: {
    run: {
      ...run,
      waits: [
        {
          ...approvalWait,
          mails: [
            {
              to: 'manager@company.com',
              status: 'failed',
              error: 'The mail server refused the mail: 550 no such mailbox',
              repeats: 0,
            },
            { to: 'lead@company.com', status: 'sent', error: null, repeats: 1 },
          ],
        },
      ],
    },
  },
  play: async ({ canvas }) => {
    const [failed, again] = canvas.getAllByText(/^Mail to/)
    await expect(failed).toHaveTextContent(
      'Mail to manager@company.com: could not be sent. The mail server refused the mail: 550 no such mailbox',
    )
    await expect(again).toHaveTextContent(
      'Mail to lead@company.com: Sent again after an interruption; the first may have arrived too.',
    )
  },
}

export const Running: Story = {
  args: {
    run: {
      ...run,
      ...over,
      can: run.can,
      status: 'running',
      current_step: 'generate_draft',
      steps: summaries([form, { ...draft, status: 'running', ended_at: null, duration_ms: null, output: null }]),
    },
  },
}

const untaken = asQueued({
  ...run,
  ...over,
  can: run.can,
  status: 'running',
  current_step: 'generate_draft',
  steps: summaries([form, { ...draft, status: 'running', ended_at: null, duration_ms: null, output: null }]),
})
const since = before(4 * MINUTES)

export const QueuedWithoutAWorker: Story = {
  args: { run: untaken, standstill: { since, workers: 0, in_hand: 0, ahead: 0 } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for a worker: none is running.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Copy the command' })).toBeVisible()
  },
}

export const QueuedBehindOthers: Story = {
  args: { run: untaken, standstill: { since, workers: 2, in_hand: 8, ahead: 34 } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for its turn: 34 steps are before it.')).toBeVisible()
    await expect(canvas.getByText('Queued')).toBeVisible()
  },
}

/** The workflow says how many of its runs may be under way at once. */
export const HeldUntilItsTurn: Story = {
  args: {
    run: { ...untaken, steps: [], current_step: null },
    standstill: { since, workers: 2, in_hand: 0, ahead: 3, at_once: 1 },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for its turn: 3 runs are before it.')).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'See what is running' })).toBeVisible()
  },
}

const calling: RunDetail = { ...run, ...over, can: run.can, status: 'waiting', waits: [], waiting: null, steps: [] }
const calledRun = { step_id: 'onboard', path: 'root', visit: 1, epoch: 0, workflow_name: 'Onboard a customer' }

export const WaitsForTheRunItCalled: Story = {
  args: {
    run: {
      ...calling,
      children: [
        { ...calledRun, run_id: 'run_called_2', status: 'waiting' },
        { ...calledRun, run_id: 'run_called_1', status: 'failed' },
      ],
    },
  },
  play: async ({ canvas }) => {
    const region = await canvas.findByRole('region', { name: 'Why it stands still' })
    await expect(region).toHaveTextContent('It waits for the run of Onboard a customer.')
    await expect(region).toHaveTextContent('That run waits for somebody or for a time.')
    await expect(canvas.getByRole('link', { name: 'Open that run' })).toHaveAttribute('href', '/runs/run_called_2')
  },
}

export const TriedAgainLater: Story = {
  args: {
    run: { ...failedRun, ...over, can: run.can, status: 'running', error: null, steps: failedRun.steps.slice(0, 3) },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('region', { name: 'Why it stands still' })).toHaveTextContent(
      /failed and is tried again/,
    )
  },
}

const onStep = fn()
const onRetry = fn()

export const FailedAfterRetries: Story = {
  args: { run: failedRun, onStep, onRetry },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/cms.company.com answered 503 four times/)).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Cancel' })).toBeNull()
    await userEvent.click(await canvas.findByRole('button', { name: 'Look at the step' }))
    await expect(onStep).toHaveBeenCalledWith('publish')
    await userEvent.click(canvas.getByRole('button', { name: 'Retry…' }))
    await expect(onRetry).toHaveBeenCalled()
  },
}

export const FailedAtTheFirstStep: Story = {
  args: {
    run: {
      ...failedRun,
      error: { code: 'expression.unknown_name', message: 'There is no value runtime.topik.', step: 'collect_brief' },
      steps: summaries([
        { ...form, status: 'failed', output: null, ended_at: form.started_at, duration_ms: 0, source: null },
      ]),
    },
  },
}

export const RefusedByThePolicy: Story = {
  args: {
    run: {
      ...failedRun,
      error: { code: 'approval.rejected', message: 'Rejected: “Not our tone”', step: 'manager_approval' },
      steps: summaries([
        form,
        draft,
        {
          ...review,
          status: 'failed',
          ended_at: before(4 * MINUTES),
          decisions: [{ ...decision, decision: 'reject', comment: 'Not our tone' }],
        },
      ]),
    },
  },
}

export const Canceled: Story = {
  args: { run: { ...run, ...over, status: 'canceled', cancel_reason: 'Started by mistake', can: failedRun.can } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Started by mistake')).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Cancel' })).toBeNull()
    await expect(canvas.getByRole('button', { name: 'Retry' })).toBeVisible()
  },
}

export const Completed: Story = {
  args: {
    run: {
      ...run,
      ...over,
      status: 'completed',
      duration_ms: 95_000,
      outputs: { title: LONG, tags: ['ai', 'development'], words: 1_000, published: true, link: null },
    },
  },
}

const loop = Array.from({ length: 5 }, (_, i): HistoryStep[] => {
  const start = (130 - i * 20) * MINUTES
  return [
    { ...draft, visit: i + 1, started_at: before(start), ended_at: before(start - 2_000), duration_ms: 2_000 },
    {
      ...review,
      visit: i + 1,
      status: 'completed',
      started_at: before(start - 2_000),
      ended_at: before(start - 19 * MINUTES),
      duration_ms: 19 * MINUTES,
      decisions: [{ ...decision, decision: i === 4 ? 'approve' : 'revise' }],
    },
  ]
}).flat()

export const ALoopWithFiveVisits: Story = {
  args: { run: { ...run, ...over, status: 'completed', steps: summaries(loop) } },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('visit 5')).toHaveLength(2)
  },
}

const many = Array.from(
  { length: 10_000 },
  (_, i): StepSummary => ({
    ...(run.steps[1] as StepSummary),
    visit: i + 1,
    seq: i + 1,
    started_at: new Date(Date.parse(before(130 * MINUTES)) + i * 100).toISOString(),
    began_at: null,
    ended_at: new Date(Date.parse(before(130 * MINUTES)) + i * 100 + 80).toISOString(),
    duration_ms: 80,
  }),
)

export const TenThousandSteps: Story = {
  args: { run: { ...run, ...over, status: 'completed', steps: many } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('list', { name: '10000 attempts' }, { timeout: 10_000 })).toBeInTheDocument()
    await expect(canvasElement.querySelectorAll('[data-attempt]').length).toBeLessThan(120)
  },
}

export const LongNamesAndRightToLeft: Story = {
  args: {
    run: {
      ...run,
      workflow_name: 'سير عمل الموافقة على المحتوى',
      workflow: {
        ...run.workflow,
        steps: run.workflow.steps.map((step, i) => ({ ...step, name: i === 0 ? LONG : 'مراجعة المسودة' })),
      },
    },
  },
}

export const WithoutRights: Story = {
  args: {
    run: {
      ...run,
      can: { cancel: false, retry: false, fork: false, resolve: false, answer: false, start: false, edit: false },
    },
  },
}
