import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { useState } from 'react'
import { expect, userEvent } from 'storybook/test'
import { Button } from '#components/ui/button.tsx'
import { withBackend } from '../backend/story.tsx'
import { OWN_LOOP } from '../fixtures/simulated.ts'

/** A run started and resumed by REST alone, as another system does it. */
function OverRest() {
  const [told, setTold] = useState<readonly string[]>([])
  const say = (line: string) => setTold((lines) => [...lines, line])
  const send = async (path: string, body: object) => {
    const answer = await fetch(`/api/v1/executions${path}`, { method: 'POST', body: JSON.stringify(body) })
    return (await answer.json()) as { run_id: string; status: string; code?: string }
  }
  const run = async () => {
    const started = await send('', { workflow_id: 'wf_1' })
    say(`started: ${started.status}`)
    const path = `/${started.run_id}/resume`
    const token = async () =>
      ((await (await fetch(`/api/v1/executions/${started.run_id}`)).json()) as Waiting).resume_token
    const wrong = await send(path, { resume_token: await token(), inputs: {} })
    say(`refused: ${wrong.code}`)
    say(`submitted: ${(await send(path, { resume_token: await token(), inputs: { topic: 'Tea' } })).status}`)
    const approvals = [{ step_id: 'review', approved: true }]
    say(`approved: ${(await send(path, { resume_token: await token(), approvals })).status}`)
  }
  return (
    <div className="grid gap-3">
      <div>
        <Button onClick={() => void run()}>Start and resume</Button>
      </div>
      <ol aria-label="What was answered" className="font-mono text-sm">
        {told.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </div>
  )
}

interface Waiting {
  readonly resume_token: string
}

const meta = {
  component: OverRest,
  loaders: [withBackend((space) => void space.publish(OWN_LOOP))],
} satisfies Meta<typeof OverRest>
export default meta

export const StartAndResume: StoryObj<typeof meta> = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Start and resume' }))
    for (const line of ['started: waiting', 'refused: form.invalid', 'submitted: waiting', 'approved: completed']) {
      await expect(await canvas.findByText(line, undefined, { timeout: 8_000 })).toBeVisible()
    }
  },
}
