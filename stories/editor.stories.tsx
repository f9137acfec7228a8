import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { WorkflowEditorView } from '#components/editor/workflow-editor-view.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import { workflowOutline } from '#lib/workflow/outline.ts'
import { SMALL } from './fixtures/graphs.ts'
import { LONG, YAML } from './fixtures/workflows.ts'

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
  fix: {
    title: 'Change to approval',
    edits: [{ line: 12, column: 11, endLine: 12, endColumn: 19, newText: 'approval' }],
  },
}

const warning: WorkflowDiagnostic = {
  ...problem,
  severity: 'warning',
  code: 'secret.unset',
  message: 'The secret CMS_API_KEY is not set. Set it in the settings before a run starts.',
  hint: undefined,
  fix: undefined,
  line: 7,
}

const long = Array.from(
  { length: 120 },
  (_, i) => `  - id: step_${i}\n    type: set\n    values: {at_${i}: ${i}, text: "${LONG.slice(0, i)}"}`,
).join('\n')

const meta = {
  component: WorkflowEditorView,
  parameters: { bare: true },
  args: {
    title: 'Blog post generator',
    trail: { href: '/workflows', label: 'Workflows' },
    closeHref: '/workflows/wf_1',
    version: 4,
    text: YAML,
    onText: fn(),
    message: '',
    onMessage: fn(),
    diagnostics: [],
    checking: false,
    outline: workflowOutline(YAML),
    graph: SMALL,
    stale: false,
    pane: 'text',
    onPane: fn(),
    saving: false,
    dirty: false,
    onSave: fn(),
    testRun: <p className="p-4 text-sm text-ink-muted">A run for trying out</p>,
    tests: <p className="p-4 text-sm text-ink-muted">Tests</p>,
  },
  decorators: [
    (Story) => (
      <main>
        <Story />
      </main>
    ),
  ],
} satisfies Meta<typeof WorkflowEditorView>
export default meta

type Story = StoryObj<typeof meta>

export const Clean: Story = {}

export const Typing: Story = { args: { dirty: true, checking: true } }

export const NotCheckedYet: Story = {
  args: { diagnostics: undefined, checking: true, graph: null, outline: [], pane: 'graph' },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('Reading the text')[0]).toBeInTheDocument()
    await expect(canvas.queryByText('No graph yet')).toBeNull()
    await expect(canvas.queryByText('No steps yet')).toBeNull()
  },
}

export const NotCheckedYetOutline: Story = { args: { ...NotCheckedYet.args, pane: 'outline' } }

export const EmptyText: Story = {
  args: { text: '', diagnostics: undefined, graph: null, outline: [], pane: 'graph' },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('No graph yet')).toBeVisible()
    await expect(canvas.queryByText('Reading the text')).toBeNull()
  },
}

export const NeverValid: Story = {
  args: { dirty: true, diagnostics: [problem], graph: null, pane: 'graph' },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('The graph waits for a valid text')).toBeVisible()
  },
}

/** The part that reads the text is gone: that is said, and the text can be saved all the same. */
export const NotCheckedAnyMore: Story = {
  args: { dirty: true, diagnostics: undefined, stale: true, pane: 'graph', onReload: fn() },
  play: async ({ canvas, args }) => {
    await expect(canvas.getByText('Not checked')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Save a new version' }))
    await expect(args.onSave).toHaveBeenCalledOnce()
    await userEvent.click(canvas.getByRole('button', { name: 'Reload' }))
    await expect(args.onReload).toHaveBeenCalledOnce()
  },
}

export const WithProblems: Story = {
  args: { dirty: true, diagnostics: [problem, warning], stale: true, pane: 'outline' },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Problems' }))
    await userEvent.click(canvas.getByRole('button', { name: /There is no step type aproval/ }))
    await waitFor(() => expect(canvas.getByRole('textbox', { name: 'Workflow in YAML' })).toHaveFocus())
    await expect(canvas.getByRole('button', { name: /manager_approval/ })).toHaveAttribute('aria-current', 'true')
  },
}

export const FixesAllAtOnce: Story = {
  args: {
    dirty: true,
    diagnostics: [
      problem,
      { ...problem, line: 9, fix: { title: 'x', edits: [{ ...problem, line: 9, endLine: 9, newText: 'y' }] } },
    ],
  },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fix all 2' }))
    await waitFor(() => expect(args.onText).toHaveBeenCalled())
  },
}

export const OnlyWarnings: Story = { args: { diagnostics: [warning] } }

export const StaleGraph: Story = { args: { dirty: true, diagnostics: [problem], stale: true, pane: 'graph' } }

export const Outline: Story = { args: { pane: 'outline' } }

export const TestRun: Story = { args: { pane: 'test' } }

export const Dirty: Story = { args: { dirty: true, message: 'Sharper prompt' } }

export const Saving: Story = { args: { dirty: true, saving: true } }

export const Saved: Story = {
  args: { version: 5, onRun: fn() },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }))
    await expect(args.onRun).toHaveBeenCalledOnce()
  },
}

export const SavingFailed: Story = {
  args: { dirty: true, notices: <Notice tone="bad">The server did not answer. Nothing was saved; try again.</Notice> },
}

export const TextPutAside: Story = {
  args: { notices: <Notice action={<Button size="sm">Bring it back</Button>}>Your own text was put aside.</Notice> },
}

export const NewWorkflow: Story = {
  args: { version: null, title: 'Empty page', message: undefined, onMessage: undefined, name: '', onName: fn() },
}

export const VeryLongText: Story = {
  args: {
    title: LONG,
    text: `name: Long\nsteps:\n${long}\n`,
    outline: workflowOutline(`name: Long\nsteps:\n${long}\n`),
    pane: 'outline',
    dirty: true,
  },
}

export const SavesByKeyboard: Story = {
  args: { dirty: true },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('textbox', { name: 'Workflow in YAML' }))
    await userEvent.keyboard('{Control>}s{/Control}')
    await expect(args.onSave).toHaveBeenCalledOnce()
  },
}

export const SavesNothingWithErrors: Story = {
  args: { dirty: true, diagnostics: [problem] },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Save a new version' }))
    await expect(args.onSave).not.toHaveBeenCalled()
    await expect(canvas.getByRole('button', { name: 'Problems' })).toHaveAttribute('aria-expanded', 'true')
  },
}

export const ChangesThePane: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('tab', { name: 'Outline' }))
    await expect(args.onPane).toHaveBeenLastCalledWith('outline')
    await userEvent.keyboard('{End}')
    await expect(args.onPane).toHaveBeenLastCalledWith('tests')
    await expect(canvas.getByRole('tab', { name: 'Tests' })).toHaveFocus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(args.onPane).toHaveBeenLastCalledWith('test')
    await userEvent.click(canvas.getByRole('button', { name: 'Test run' }))
    await expect(args.onPane).toHaveBeenCalledWith('test')
  },
}
