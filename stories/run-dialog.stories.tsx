import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test'
import { RunDialogView } from '#components/workflows/run-dialog-view.tsx'
import { fieldsToSchema } from '#lib/workflow/fields.ts'
import { allFields } from './fixtures/forms.ts'

const inputs = { fields: allFields, schema: fieldsToSchema(allFields) }

const meta = {
  component: RunDialogView,
  args: {
    open: true,
    onOpenChange: fn(),
    name: 'Blog post generator',
    inputs: null,
    pending: false,
    error: null,
    problems: [],
    onStart: fn(),
  },
} satisfies Meta<typeof RunDialogView>
export default meta

type Story = StoryObj<typeof meta>

export const WithoutInputs: Story = {
  play: async ({ args }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Start the run' }))
    await expect(args.onStart).toHaveBeenCalledWith({})
  },
}

export const WithInputs: Story = { args: { inputs } }

export const ChecksInputsFirst: Story = {
  args: { inputs },
  play: async ({ args }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Start the run' }))
    await waitFor(() => expect(screen.getAllByText('Topic is required').length).toBeGreaterThan(0))
    await expect(args.onStart).not.toHaveBeenCalled()
  },
}

export const SettingsMissing: Story = {
  args: { error: 'Set these first: the secret CMS_API_KEY. Open the settings, then start again.' },
}
