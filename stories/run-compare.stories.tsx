import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { CompareView, type CompareViewProps } from '#components/timeline/compare-view.tsx'
import { RunChoice } from '#components/timeline/run-choice.tsx'
import type { HistoryStep } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { history, summaries } from './fixtures/attempts.ts'
import { failedRun as aFailedRun, run } from './fixtures/runs.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

const [form, draft, review] = history as [HistoryStep, HistoryStep, HistoryStep]
const failedRun: RunDetail = { ...aFailedRun, run_id: 'run_01m7ynsg8hr4axnrz1sfailed' }
const choice = { runs: [run, failedRun], without: null, onChange: fn() }
const onSwap = fn()

const completed: RunDetail = {
  ...run,
  run_id: 'run_01m7ynsg8hr4axnrz1s00done',
  workflow_version: 5,
  status: 'completed',
  started_at: before(200 * MINUTES),
  duration_ms: 95_000,
  cost: { usd: 0.0101, tokens: 2_410 },
  inputs: { topic: 'Tea', words: 500 },
  outputs: { title: LONG, published: true },
  waits: [],
  waiting: null,
  current_step: null,
  steps: summaries([
    form,
    { ...draft, visit: 1 },
    { ...draft, visit: 2, ended_at: before(100 * MINUTES) },
    { ...review, status: 'completed', ended_at: before(90 * MINUTES) },
  ]),
}

const args: CompareViewProps = {
  a: failedRun,
  b: completed,
  error: null,
  chooseA: <RunChoice label="Run A" value={failedRun} {...choice} />,
  chooseB: <RunChoice label="Run B" value={completed} {...choice} />,
  onSwap,
  outputs: ({ id }) =>
    id === 'generate_draft'
      ? { a: '{\n  "title": "Ten things about AI"\n}', b: '{\n  "title": "Seven things about tea"\n}' }
      : id === 'collect_brief'
        ? { a: '{}', b: '{}' }
        : null,
  now: Date.parse(before(0)),
}

const meta = { component: CompareView, args } satisfies Meta<typeof CompareView>
export default meta

type Story = StoryObj<typeof meta>

export const FailedAndCompleted: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Other output' }))
    await waitFor(() => expect(canvas.getByText(/Seven/)).toBeVisible(), { timeout: 10_000 })
    await userEvent.click(canvas.getByRole('button', { name: 'Swap' }))
    await expect(onSwap).toHaveBeenCalled()
  },
}

export const OnlyWhatDiffers: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Collect the brief')).toBeVisible()
    await userEvent.click(canvas.getByRole('radio', { name: /Different/ }))
    await expect(canvas.queryByText('Collect the brief')).toBeNull()
    await expect(canvas.getByText('generate_draft')).toBeVisible()
  },
}

export const NothingDiffers: Story = {
  args: { a: completed, b: { ...completed, run_id: 'run_01m7ynsg8hr4axnrz1s0other' }, outputs: () => null },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('radio', { name: /Different/ }))
    await expect(canvas.getByText(/Every step took the same course/)).toBeVisible()
  },
}

export const OfTwoWorkflows: Story = { args: { b: { ...completed, workflow_id: 'wf_2' } } }

export const ToBeChosen: Story = {
  args: { b: null, onSwap: null, chooseB: <RunChoice label="Run B" value={null} {...choice} /> },
}

export const Loading: Story = { args: { a: undefined, b: undefined, onSwap: null } }

export const NotThere: Story = {
  args: {
    b: null,
    error: 'There is no run with this id.',
    chooseB: <RunChoice label="Run B" value={null} {...choice} />,
  },
}

export const LongNamesAndRightToLeft: Story = {
  args: {
    b: {
      ...completed,
      workflow: {
        ...completed.workflow,
        steps: completed.workflow.steps.map((step, i) => ({ ...step, name: i === 0 ? LONG : 'مراجعة المسودة' })),
      },
    },
  },
}
