import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { getRouter } from '@storybook/nextjs-vite/navigation.mock'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { expect, screen, userEvent } from 'storybook/test'
import { formRecord } from '#components/forms/form-record.ts'
import { RunPage } from '#components/timeline/run-page.tsx'
import { useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { Button } from '#components/ui/button.tsx'
import { RunDialog } from '#components/workflows/run-dialog.tsx'
import { Feature, withBackend } from '../backend/story.tsx'
import { OWN_LOOP } from '../fixtures/simulated.ts'

/** From a workflow to its run: the dialog's `push` opens the page that it names. */
function StartAndFollow() {
  const [run, setRun] = useState<string | null>(null)
  useEffect(() => {
    getRouter().push.mockImplementation((href: string) => setRun(href.split('/').at(-1) ?? null))
  }, [])
  return run === null ? <Start /> : <Follow run={run} />
}

function Start() {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.workflows.get.queryOptions({ id: 'wf_1' }))
  const [open, setOpen] = useState(false)
  if (!data) return null
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">{data.name}</h1>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Run
      </Button>
      {open && <RunDialog workflow={data} open onOpenChange={setOpen} />}
    </>
  )
}

function Follow({ run }: { readonly run: string }) {
  const client = useTRPCClient()
  return (
    <RunPage
      id={run}
      submitForm={async (wait_id, previous, form) => {
        const answer = await client.forms.submit.mutate({ run_id: run, wait_id, answer: { form: formRecord(form) } })
        return !answer.accepted && answer.view.state === 'open' ? answer.view : previous
      }}
    />
  )
}

const meta = {
  component: StartAndFollow,
  loaders: [withBackend((space) => void space.publish(OWN_LOOP))],
  render: () => (
    <Feature>
      <StartAndFollow />
    </Feature>
  ),
} satisfies Meta<typeof StartAndFollow>
export default meta

type Story = StoryObj<typeof meta>

const SLOW = { timeout: 8_000 }

export const FromTheDialogToTheEnd: Story = {
  play: async ({ canvas, step }) => {
    await step('start', async () => {
      await userEvent.click(await canvas.findByRole('button', { name: 'Run' }, SLOW))
      await userEvent.click(await screen.findByRole('button', { name: 'Start the run' }, SLOW))
    })
    await step('fill in the form', async () => {
      await userEvent.type(await canvas.findByLabelText('Topic', undefined, SLOW), 'Tea')
      await userEvent.click(canvas.getByRole('button', { name: 'Submit' }))
    })
    await step('approve', async () => {
      await userEvent.click(await canvas.findByRole('button', { name: /^Approve/ }, SLOW))
      await userEvent.click(await canvas.findByRole('button', { name: 'Confirm approval' }))
    })
    await expect((await canvas.findAllByText('Completed', undefined, SLOW))[0]).toBeVisible()
  },
}

export const ADoubleClickStartsOneRun: Story = {
  play: async ({ canvas }) => {
    const before = getRouter().push.mock.calls.length
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }, SLOW))
    const button = await screen.findByRole('button', { name: 'Start the run' }, SLOW)
    // Two clicks before anything can be drawn in between, which is faster than any hand.
    button.click()
    button.click()
    await expect(await canvas.findByLabelText('Topic', undefined, SLOW)).toBeVisible()
    await expect(getRouter().push.mock.calls.length - before).toBe(1)
  },
}

export const AFormThatIsRefusedKeepsWhatWasTyped: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }, SLOW))
    await userEvent.click(await screen.findByRole('button', { name: 'Start the run' }, SLOW))
    await userEvent.click(await canvas.findByRole('radio', { name: 'experts' }, SLOW))
    await userEvent.click(canvas.getByRole('button', { name: 'Submit' }))
    await expect(await canvas.findByText(/needs? another look/)).toBeVisible()
    await expect(canvas.getByRole('radio', { name: 'experts' })).toBeChecked()
  },
}
