import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect } from 'storybook/test'
import type { HistoryStep } from '#lib/contracts/run-steps.ts'
import { decision } from './fixtures/approvals.ts'
import { panel } from './fixtures/attempt-panel.tsx'
import { aiCalls, history } from './fixtures/attempts.ts'
import { Page } from './fixtures/run-page.tsx'
import { run } from './fixtures/runs.ts'

const [, draft, review] = history as [HistoryStep, HistoryStep, HistoryStep]

const meta = { component: Page, args: { run }, parameters: { nextjs: { appDirectory: true } } } satisfies Meta<
  typeof Page
>
export default meta

type Story = StoryObj<typeof meta>

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
