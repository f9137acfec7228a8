import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { BlueprintGallery } from '#components/editor/blueprint-gallery.tsx'
import { WorkflowEditorView } from '#components/editor/workflow-editor-view.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import { YAML } from './fixtures/workflows.ts'

const problem: WorkflowDiagnostic = {
  severity: 'error',
  code: 'step.unknown_type',
  message: 'There is no step type aproval.',
  hint: 'Did you mean approval?',
  path: 'steps[2].type',
  line: 12,
  column: 11,
  endLine: 12,
  endColumn: 18,
}

const meta = {
  component: WorkflowEditorView,
  args: {
    text: YAML,
    onText: fn(),
    diagnostics: [],
    checking: false,
    saving: false,
    dirty: false,
    saveLabel: 'Create the workflow',
    onSave: fn(),
    error: null,
    name: '',
    onName: fn(),
    cancel: <ButtonLink href="/workflows">Cancel</ButtonLink>,
  },
} satisfies Meta<typeof WorkflowEditorView>
export default meta

type Story = StoryObj<typeof meta>

export const Valid: Story = {}

export const NotCheckedYet: Story = { args: { diagnostics: undefined, checking: true } }

export const WithProblems: Story = {
  args: {
    dirty: true,
    diagnostics: [
      problem,
      { ...problem, severity: 'warning', code: 'x.unused', message: 'tone is never read.', line: 7 },
    ],
  },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: /There is no step type aproval/ }))
    const editor = canvas.getByLabelText<HTMLTextAreaElement>('Workflow in YAML')
    await expect(editor).toHaveFocus()
    const before = editor.value.slice(0, editor.selectionStart).split('\n')
    await expect(before.length).toBe(12)
    await expect(before.at(-1)).toHaveLength(10)
  },
}

export const Editing: Story = {
  args: {
    name: undefined,
    onName: undefined,
    message: '',
    onMessage: fn(),
    saveLabel: 'Save a new version',
    dirty: true,
  },
}

export const Conflict: Story = {
  args: { ...Editing.args, conflict: { version: 5, href: '/workflows/wf_1?version=5' }, onOverwrite: fn() },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Save mine as the newest' }))
    await expect(args.onOverwrite).toHaveBeenCalledOnce()
    await expect(args.onSave).not.toHaveBeenCalled()
  },
}

export const RefusedBySaving: Story = {
  args: { ...Editing.args, error: 'Line 12, column 11: There is no step type aproval. Did you mean approval?' },
}

export const SavesByKeyboard: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByLabelText('Workflow in YAML'))
    await userEvent.keyboard('{Control>}s{/Control}')
    await expect(args.onSave).toHaveBeenCalledOnce()
  },
}

export const Blueprints: StoryObj = {
  render: () => <BlueprintGallery blueprints={BLUEPRINTS} />,
}
