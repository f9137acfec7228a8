import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { useState } from 'react'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { CancelDialog } from '#components/timeline/cancel-dialog.tsx'
import { RetryDialog } from '#components/timeline/retry-dialog.tsx'
import { failedRun } from './fixtures/runs.ts'

export default { title: 'run-dialogs' } satisfies Meta

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
