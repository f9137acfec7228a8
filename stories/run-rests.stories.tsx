import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect } from 'storybook/test'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { Page } from './fixtures/run-page.tsx'
import { run } from './fixtures/runs.ts'
import { before, MINUTES } from './fixtures/workflows.ts'

const [first] = run.steps
if (!first) throw new Error('the run of the fixtures has a step')

const resting: RunDetail = {
  ...run,
  waits: [],
  waiting: null,
  resume_token: null,
  current_step: 'cool_off',
  workflow: {
    ...run.workflow,
    steps: [...run.workflow.steps.slice(0, 1), { id: 'cool_off', type: 'delay', name: 'Let it rest over the weekend' }],
  },
  steps: [
    first,
    {
      ...first,
      step_id: 'cool_off',
      type: 'delay',
      status: 'waiting',
      source: null,
      seq: first.seq + 1,
      began_at: null,
      started_at: before(128 * MINUTES),
      ended_at: null,
      duration_ms: null,
      until: before(-3 * 24 * 60 * MINUTES),
    },
  ],
}

const meta = { component: Page, args: { run: resting }, parameters: { nextjs: { appDirectory: true } } } satisfies Meta<
  typeof Page
>
export default meta

type Story = StoryObj<typeof meta>

/** In a delay: the strip says until when, the timeline as well, and the time counts as a pause. */
export const InADelay: Story = {
  play: async ({ canvas }) => {
    const strip = await canvas.findByRole('region', { name: 'Why it stands still' })
    await expect(strip).toHaveTextContent(/It rests until .*Let it rest over the weekend/)
    const row = canvas.getByRole('button', { name: /Let it rest over the weekend.*until/ })
    await expect(row).toHaveTextContent('2 h 8 min')
  },
}
