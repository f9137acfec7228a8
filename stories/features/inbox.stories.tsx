import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, userEvent } from 'storybook/test'
import { Inbox } from '#components/inbox/inbox.tsx'
import { Feature, withBackend } from '../backend/story.tsx'
import { LOOP } from '../fixtures/simulated.ts'

const JONAS = { id: 'usr_jonas', name: 'Jonas Weber', email: 'jonas@company.com' }
const SLOW = { timeout: 8_000 }

const meta = {
  component: Inbox,
  parameters: { nextjs: { appDirectory: true, navigation: { pathname: '/inbox' } } },
  loaders: [
    withBackend(async (space) => {
      const workflow = space.publish(LOOP.replace('manager@company.com', 'sarah@company.com'))
      const { run } = await space.start(workflow, {}, JONAS)
      await space.act(run.data.run.id, { do: 'submit', step: 'brief', values: { topic: 'AI for developers' } })
    }),
  ],
  render: () => (
    <Feature>
      <Inbox />
    </Feature>
  ),
} satisfies Meta<typeof Inbox>
export default meta

type Story = StoryObj<typeof meta>

export const DecidesWhatWaits: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Reject/ }, SLOW))
    await userEvent.type(canvas.getByLabelText(/Comment/), 'Off topic.')
    await userEvent.click(await canvas.findByRole('button', { name: 'Confirm rejection' }))
    await expect(await canvas.findByText('Nothing waits for you', undefined, SLOW)).toBeVisible()
  },
}
