import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { DeleteWorkflowView } from '#components/workflows/delete-workflow-view.tsx'

const meta = {
  component: DeleteWorkflowView,
  args: {
    open: true,
    onOpenChange: fn(),
    name: 'Blog post generator',
    underWay: false,
    pending: false,
    error: null,
    onConfirm: fn(),
  },
} satisfies Meta<typeof DeleteWorkflowView>
export default meta

type Story = StoryObj<typeof meta>

export const NothingUnderWay: Story = {
  play: async ({ args }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Delete the workflow' }))
    await expect(args.onConfirm).toHaveBeenCalledOnce()
  },
}

export const RunsUnderWay: Story = {
  args: { underWay: true },
  play: async ({ args }) => {
    const button = await screen.findByRole('button', { name: 'Delete the workflow' })
    await expect(button).toBeDisabled()
    await userEvent.type(screen.getByRole('textbox'), 'Blog post generator{Enter}')
    await expect(args.onConfirm).toHaveBeenCalledOnce()
  },
}

export const LookingUp: Story = { args: { underWay: undefined } }

export const Refused: Story = { args: { error: 'Your account does not have the permission workflow:delete.' } }
