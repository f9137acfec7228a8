import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { type ReactNode, useState } from 'react'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { DecideFormView } from '#components/inbox/decide-form-view.tsx'
import { AttemptPanel } from '#components/timeline/attempt-panel.tsx'
import { AttemptView } from '#components/timeline/attempt-view.tsx'
import { CancelDialog } from '#components/timeline/cancel-dialog.tsx'
import { ContextView } from '#components/timeline/context-view.tsx'
import { EventsView } from '#components/timeline/events-view.tsx'
import { inOrder } from '#components/timeline/merge-run.ts'
import { RetryDialog } from '#components/timeline/retry-dialog.tsx'
import { RunPageView, type RunPageViewProps } from '#components/timeline/run-page-view.tsx'
import { Button } from '#components/ui/button.tsx'
import type { HistoryStep, RunDetail, StepSummary } from '#lib/contracts/runs.ts'
import {
  aiCalls,
  approval,
  approvalWait,
  decision,
  failedRun,
  formWait,
  history,
  quorum,
  run,
  runEvents,
  summaries,
} from './fixtures/runs.ts'
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
const over: Pick<RunDetail, 'waits' | 'waiting' | 'current_step' | 'resume_token'> = {
  waits: [],
  waiting: null,
  current_step: null,
  resume_token: null,
}

type PageProps = Partial<Omit<RunPageViewProps, 'run' | 'steps'>> & { readonly run: RunDetail }

/** The view with its slots filled, as the page does. */
function Page({ run: shown, ...rest }: PageProps) {
  return (
    <RunPageView
      run={shown}
      steps={inOrder(shown.steps)}
      tab="timeline"
      href={(tab) => `?tab=${tab}`}
      onTab={fn()}
      actions={<Button>Cancel</Button>}
      answer={(): ReactNode => null}
      asked={() => false}
      onAnswer={fn()}
      context={null}
      events={null}
      selected={null}
      onSelect={fn()}
      onStep={fn()}
      panel={null}
      onRetry={null}
      {...rest}
    />
  )
}

const meta = { component: Page, args: { run } } satisfies Meta<typeof Page>
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

export const Running: Story = {
  args: {
    run: {
      ...run,
      ...over,
      status: 'running',
      current_step: 'generate_draft',
      steps: summaries([form, { ...draft, status: 'running', ended_at: null, duration_ms: null, output: null }]),
    },
  },
}

export const Queued: Story = { args: { run: { ...run, ...over, status: 'queued', steps: [] } } }

const onStep = fn()
const onRetry = fn()

export const FailedAfterRetries: Story = {
  args: { run: failedRun, onStep, onRetry },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/cms.company.com answered 503 four times/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Look at the step' }))
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
  args: { run: { ...run, ...over, status: 'canceled', cancel_reason: 'Started by mistake' } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Started by mistake')).toBeVisible()
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
    run: { ...run, can: { cancel: false, retry: false, answer: false, start: false, edit: false } },
    actions: null,
  },
}

export const GraphWithThePathTaken: Story = { args: { tab: 'graph' } }

export const Events: Story = {
  args: {
    tab: 'events',
    events: <EventsView events={runEvents} error={null} kind="all" onKind={fn()} onMore={null} onStep={fn()} />,
  },
}

export const EventsOfNoKind: Story = {
  args: {
    tab: 'events',
    events: <EventsView events={[]} error={null} kind="wait" onKind={fn()} onMore={null} onStep={fn()} />,
  },
}

const contextArgs = { steps: run.workflow.steps, at: '', onAt: fn(), error: null, onStep: fn() }

export const Context: Story = {
  args: {
    tab: 'context',
    context: (
      <ContextView
        {...contextArgs}
        values={{
          context: {
            static: {},
            profile: { name: 'Sarah', agent_id: null },
            runtime: { topic: 'AI', title: 'Ten things', approved: true, api_response: { status: 201 }, slug: 'ai' },
            steps: { collect_brief: { output: { topic: 'AI' } } },
          },
          made: {
            topic: { step: null, source: null },
            title: { step: 'generate_draft', source: 'ai' },
            approved: { step: 'manager_approval', source: 'decision' },
            api_response: { step: 'publish', source: 'call' },
            slug: { step: 'publish', source: 'pure' },
          },
          steps: { collect_brief: 'person' },
        }}
      />
    ),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('AI wrote it')).toBeVisible()
    await expect(canvas.getByText('A person entered it')).toBeVisible()
  },
}

export const ContextEmpty: Story = {
  args: {
    tab: 'context',
    context: (
      <ContextView
        {...contextArgs}
        values={{ context: { static: {}, profile: {}, runtime: {}, steps: {} }, made: {}, steps: {} }}
      />
    ),
  },
}

export const ContextLoading: Story = {
  args: { tab: 'context', context: <ContextView {...contextArgs} values={undefined} /> },
}

interface AttemptArgs {
  readonly step: HistoryStep
  readonly loading?: boolean
  readonly error?: string
}

function panel({ step, loading = false, error }: AttemptArgs) {
  const [summary] = summaries([step])
  if (!summary) return null
  return (
    <AttemptPanel
      summary={summary}
      name={step.step_id}
      permalink="/runs/run_1?step=generate_draft"
      onMove={{ back: null, on: fn() }}
      onClose={fn()}
    >
      <AttemptView
        summary={summary}
        attempt={loading || error ? undefined : step}
        error={error ?? null}
        now={Date.parse(before(0))}
      />
    </AttemptPanel>
  )
}

const failed: HistoryStep = {
  ...draft,
  status: 'failed',
  output: null,
  source: null,
  error: { code: 'ai.schema_validation_failed', message: 'The answer did not fit the schema.', retryable: false },
}

export const AttemptAskedAgain: Story = {
  args: { selected: run.steps[1] ?? null, panel: panel({ step: draft }) },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('2 violations')).toBeVisible()
    const marks = [...(canvas.getByText('First answer').closest('details')?.querySelectorAll('mark') ?? [])]
    await expect(marks.map((mark) => mark.textContent)).toEqual(['"AI"', '""'])
  },
}

export const AttemptAiFailed: Story = {
  args: {
    panel: panel({
      step: { ...failed, ai_calls: aiCalls.map((call) => ({ ...call, answer: 'I cannot help with that.' })) },
    }),
  },
}

export const AttemptByTheMock: Story = {
  args: { panel: panel({ step: { ...draft, ai_calls: aiCalls.map((call) => ({ ...call, provider: 'mock' })) } }) },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/Made up by the built-in mock/)).toBeVisible()
  },
}

export const AttemptDecided: Story = {
  args: { panel: panel({ step: { ...review, status: 'completed', decisions: [decision] } }) },
}

export const AttemptWaiting: Story = { args: { panel: panel({ step: review }) } }

export const AttemptLoading: Story = { args: { panel: panel({ step: draft, loading: true }) } }

export const AttemptNotReadable: Story = {
  args: { panel: panel({ step: draft, error: 'Scaff cannot be reached. Check the connection and try again.' }) },
}

export const AskedBeforeCanceling: StoryObj = {
  render: () => <CancelDialog open onOpenChange={fn()} pending={false} error={null} onCancelRun={fn()} />,
}

const onRetryRun = fn()
const retry = { open: true, onOpenChange: fn(), pending: false, error: null, problems: [], onRetry: onRetryRun }

export const RetriesFromAStep: StoryObj = {
  render: () => <RetryDialog run={failedRun} inputs={null} {...retry} />,
  play: async () => {
    await userEvent.selectOptions(await screen.findByLabelText('Begin at'), 'generate_draft')
    await expect(screen.getByText('Collect the brief', { selector: 'dd *' })).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
    await expect(onRetryRun).toHaveBeenCalledWith('generate_draft', null)
  },
}

export const RetriesWithEditedInputs: StoryObj = {
  render: function Retries() {
    const [sent, setSent] = useState('')
    return (
      <>
        <RetryDialog
          run={{ ...failedRun, inputs: { topic: 'AI', words: 500 } }}
          inputs={null}
          {...retry}
          onRetry={(from, inputs) => setSent(JSON.stringify([from, inputs]))}
        />
        <output>{sent}</output>
      </>
    )
  },
  play: async ({ canvas }) => {
    await userEvent.click(await screen.findByLabelText('Change what the run began with'))
    const text = screen.getByLabelText(/Inputs as a JSON object/)
    await userEvent.clear(text)
    await userEvent.type(text, '{{"topic":"Tea","words":500}')
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
    await expect(canvas.getByText('[null,{"topic":"Tea"}]')).toBeInTheDocument()
  },
}
