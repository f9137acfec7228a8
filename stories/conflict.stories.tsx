import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { ConflictDialogView } from '#components/editor/conflict-dialog-view.tsx'
import { YAML } from './fixtures/workflows.ts'

const meta = {
  component: ConflictDialogView,
  args: {
    version: 5,
    from: 4,
    base: YAML,
    mine: YAML.replace('Write about', 'Write a calm text about'),
    theirs: YAML.replace('manager@company.com', 'boss@company.com'),
    changes: [
      {
        kind: 'changed',
        step: 'review',
        text: 'Step review: approvers changed from boss@company.com to manager@company.com',
      },
      { kind: 'changed', step: 'write', text: 'Step write: prompt changed' },
    ],
    by: 'tom@company.com',
    message: 'Another approver',
    saving: false,
    error: null,
    onClose: fn(),
    onSaveMine: fn(),
    onTakeTheirs: fn(),
    onMerge: fn(),
  },
} satisfies Meta<typeof ConflictDialogView>
export default meta

type Story = StoryObj<typeof meta>

export const DifferentPlaces: Story = {
  play: async ({ args }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Put my changes into theirs' }))
    await expect(args.onMerge).not.toHaveBeenCalled()
    await expect(await screen.findByText(/Nothing is saved yet/)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Put my changes into theirs' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Edit this text' }))
    await expect(args.onMerge).toHaveBeenCalledWith(
      YAML.replace('Write about', 'Write a calm text about').replace('manager@company.com', 'boss@company.com'),
    )
  },
}

export const SameLines: Story = {
  args: { theirs: YAML.replace('Write about', 'Write briefly about') },
  play: async ({ args }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Keep editing mine' }))
    await expect(args.onMerge).toHaveBeenCalledWith(args.mine)
  },
}

export const SavesMine: Story = {
  play: async ({ args }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Save mine as the newest' }))
    await expect(args.onSaveMine).toHaveBeenCalledOnce()
  },
}

export const LoadingTheirs: Story = {
  args: { theirs: undefined, base: undefined, changes: null, by: null, message: null },
}

export const Saving: Story = { args: { saving: true } }

export const CouldNotLoad: Story = {
  args: { theirs: undefined, base: undefined, changes: null, error: 'The server did not answer.' },
}
