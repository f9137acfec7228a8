import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { EffectDialog } from '#components/timeline/effect-dialog.tsx'
import { RunEffect } from '#components/timeline/run-effect.tsx'
import type { UnknownEffect } from '#lib/contracts/run-lineage.ts'
import { Page } from './fixtures/run-page.tsx'
import { run } from './fixtures/runs.ts'
import { before, MINUTES } from './fixtures/workflows.ts'

const effect: UnknownEffect = {
  effect_id: 'eff_1',
  step_id: 'publish',
  path: 'root',
  visit: 1,
  attempt: 1,
  epoch: 0,
  sent_at: before(6 * MINUTES),
  noticed_at: before(5 * MINUTES),
  evidence: { method: 'POST', url: 'https://cms.company.com/api/posts', key: 'run_1:root:publish:1:0' },
}

const unsure = {
  ...run,
  waits: [],
  waiting: null,
  resume_token: null,
  current_step: 'publish',
  effects: [effect],
  can: { ...run.can, answer: false, resolve: true },
}

const meta = {
  component: Page,
  args: { run: unsure, settle: (each) => <RunEffect runId="run_1" effect={each} onDone={async () => {}} /> },
  parameters: { nextjs: { appDirectory: true } },
} satisfies Meta<typeof Page>
export default meta

type Story = StoryObj<typeof meta>

export const NotKnownWhetherItHappened: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: /It is not known whether publish happened/ })).toBeVisible()
    await expect(canvas.getByText('https://cms.company.com/api/posts')).toBeVisible()
    await expect(await canvas.findByRole('button', { name: 'Send it again…' })).toBeVisible()
  },
}

export const NotKnownAndNotForTheReaderToSay: Story = {
  args: {
    run: { ...unsure, can: { ...unsure.can, resolve: false }, effects: [{ ...effect, sent_at: null, evidence: null }] },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Somebody who may retry runs says what happened.')).toBeVisible()
    await expect(canvas.queryByRole('button', { name: /Send it again/ })).toBeNull()
  },
}

const onResolve = fn()
const dialog = { onClose: fn(), pending: false, error: null, onResolve }

export const SaysThatItHappened: Story = {
  render: () => <EffectDialog choice="done" {...dialog} />,
  play: async () => {
    const text = await screen.findByLabelText(/Its result as JSON/)
    await userEvent.type(text, '{{"id": ')
    await userEvent.click(screen.getByRole('button', { name: 'It happened' }))
    await expect(screen.getByText(/This is not JSON/)).toBeVisible()
    await userEvent.type(text, '17}')
    await userEvent.click(screen.getByRole('button', { name: 'It happened' }))
    await expect(onResolve).toHaveBeenLastCalledWith({ resolution: 'done', result: { id: 17 } })
  },
}

export const SaysThatItFailed: Story = {
  render: () => <EffectDialog choice="fail" {...dialog} />,
  play: async () => {
    await userEvent.type(await screen.findByLabelText(/Reason/), 'The bank has nothing of it.')
    await userEvent.click(screen.getByRole('button', { name: 'It failed' }))
    await expect(onResolve).toHaveBeenLastCalledWith({ resolution: 'fail', reason: 'The bank has nothing of it.' })
  },
}

export const SendsItAgainTooLate: Story = {
  render: () => <EffectDialog choice="repeat" {...dialog} error="ann@company.com said that it happened." />,
  play: async () => {
    await expect(await screen.findByText(/it happens twice/)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Send it again' }))
    await expect(onResolve).toHaveBeenLastCalledWith({ resolution: 'repeat' })
  },
}
