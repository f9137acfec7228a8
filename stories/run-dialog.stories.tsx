import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test'
import { RunDialogView } from '#components/workflows/run-dialog-view.tsx'
import { fieldsToSchema } from '#lib/workflow/fields.ts'
import { allFields } from './fixtures/forms.ts'
import { LONG, versions } from './fixtures/workflows.ts'

const inputs = { fields: allFields, schema: fieldsToSchema(allFields) }

const meta = {
  component: RunDialogView,
  args: {
    open: true,
    onOpenChange: fn(),
    name: 'Blog post generator',
    inputs: null,
    prefill: {},
    versions,
    version: 4,
    onVersion: fn(),
    missing: [],
    pending: false,
    error: null,
    problems: [],
    onStart: fn(),
  },
} satisfies Meta<typeof RunDialogView>
export default meta

type Story = StoryObj<typeof meta>

const start = async () => userEvent.click(await screen.findByRole('button', { name: 'Start the run' }))

export const WithoutInputs: Story = {
  play: async ({ args }) => {
    await start()
    await expect(args.onStart).toHaveBeenCalledWith({})
  },
}

export const WithInputs: Story = { args: { inputs } }

export const Loading: Story = { args: { inputs: undefined } }

export const Starting: Story = { args: { inputs, pending: true } }

export const PrefilledFromAnEarlierRun: Story = {
  args: { inputs, prefill: { topic: 'AI for developers', audience: 'marketers', urgent: true } },
  play: async () => {
    await expect(await screen.findByLabelText('Topic')).toHaveValue('AI for developers')
    await expect(screen.getByLabelText('This is urgent')).toBeChecked()
  },
}

export const PrefilledJson: Story = {
  args: { prefill: { topic: 'AI for developers' } },
  play: async ({ args }) => {
    await expect(await screen.findByRole('textbox')).toBeVisible()
    await start()
    await expect(args.onStart).toHaveBeenCalledWith({ topic: 'AI for developers' })
  },
}

export const JsonThatIsNone: Story = {
  play: async ({ args }) => {
    await userEvent.click(await screen.findByText('Give inputs all the same'))
    await userEvent.type(screen.getByRole('textbox'), '[[1]')
    await start()
    await expect(await screen.findByText(/Write a JSON object/)).toBeVisible()
    await expect(args.onStart).not.toHaveBeenCalled()
  },
}

export const ChecksInputsFirst: Story = {
  args: { inputs },
  play: async ({ args }) => {
    await start()
    await waitFor(() => expect(screen.getAllByText('Topic is required').length).toBeGreaterThan(0))
    await expect(args.onStart).not.toHaveBeenCalled()
  },
}

export const ChoosesAnOlderVersion: Story = {
  play: async ({ args }) => {
    await userEvent.selectOptions(await screen.findByLabelText('Version'), '2')
    await expect(args.onVersion).toHaveBeenCalledWith(2)
  },
}

export const SettingsMissing: Story = {
  args: { inputs, missing: ['secrets.CMS_API_KEY', 'static.cms_host', 'templates.blog_draft_v9'] },
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Start the run' })).toBeDisabled()
    const links = screen.getAllByRole('link', { name: 'Open the settings' })
    await expect(links.map((link) => link.getAttribute('href'))).toEqual(['/settings/secrets', '/settings/constants'])
  },
}

export const Refused: Story = { args: { error: '“Blog post generator” is disabled. Enable it before you start it.' } }

export const Long: Story = { args: { name: LONG, error: LONG } }
