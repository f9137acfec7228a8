import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { AttemptLinks } from '#components/timeline/attempt-links.tsx'
import { ForkDialog } from '#components/timeline/fork-dialog.tsx'
import { Page } from './fixtures/run-page.tsx'
import { run } from './fixtures/runs.ts'

const meta = { component: Page, args: { run }, parameters: { nextjs: { appDirectory: true } } } satisfies Meta<
  typeof Page
>
export default meta

type Story = StoryObj<typeof meta>

const FIRST = 'run_01m7ynsg8hr4axnrz1sr6neam8'

export const CalledByAnotherRun: Story = {
  args: { run: { ...run, parent: { run_id: FIRST, step_id: 'publish_all' } } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('publish_all')).toBeVisible()
    await expect(canvas.getByRole('link', { name: FIRST })).toHaveAttribute('href', `/runs/${FIRST}`)
  },
}

export const BranchedOff: Story = {
  args: { run: { ...run, forked_from: { run_id: FIRST, step_id: 'manager_approval' } } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/Branched off/)).toHaveTextContent(`Branched off ${FIRST} at Manager’s approval`)
  },
}

const onFork = fn()
const child = { workflow_name: 'Review', step_id: 'review', path: 'root', visit: 1, epoch: 0 }

export const LeadsToTheRunsItCalled: Story = {
  render: () => (
    <AttemptLinks
      called={[
        { ...child, run_id: FIRST, status: 'completed' },
        { ...child, run_id: 'run_2', status: 'failed' },
      ]}
      onFork={onFork}
    />
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getAllByRole('link')).toHaveLength(2)
    await userEvent.click(canvas.getByRole('button', { name: /Start another run/ }))
    await expect(onFork).toHaveBeenCalled()
  },
}

const dialog = { run: { inputs: { topic: 'AI', words: 500 } }, name: 'Manager’s approval', inputs: null, onClose: fn() }

export const AskedBeforeBranchingOff: Story = {
  render: () => <ForkDialog {...dialog} pending={false} error={null} problems={[]} onFork={onFork} />,
  play: async () => {
    onFork.mockClear()
    await userEvent.click(await screen.findByRole('button', { name: 'Start the run' }))
    await expect(onFork).toHaveBeenCalledWith(null)
    await userEvent.click(screen.getByLabelText('Change what the run began with'))
    const text = screen.getByLabelText(/Inputs as a JSON object/)
    await userEvent.clear(text)
    await userEvent.type(text, '{{"topic":"Tea","words":500}')
    await userEvent.click(screen.getByRole('button', { name: 'Start the run' }))
    await expect(onFork).toHaveBeenLastCalledWith({ topic: 'Tea' })
  },
}

export const BranchingOffRefused: Story = {
  render: () => (
    <ForkDialog
      {...dialog}
      pending={false}
      error="“Blog post generator” is disabled. Enable it before you start it."
      problems={[]}
      onFork={onFork}
    />
  ),
}
