import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { TestRunPanel } from '#components/editor/test-run/test-run-panel.tsx'
import { TestRunView } from '#components/editor/test-run/test-run-view.tsx'
import { simulateRun } from '#lib/simulation/simulate-run.ts'
import type { SimulatedRun, SimulationAct } from '#lib/simulation/types.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { DAY } from '#lib/time.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { LOOP, LOOP_RTL, WITH_INPUTS } from './fixtures/simulated.ts'

type Options = Parameters<typeof simulateRun>[0]

const STARTED_BY = { name: 'You', email: 'you@example.com' }
const brief: SimulationAct = {
  do: 'submit',
  step: 'brief',
  values: { topic: 'AI for developers', audience: 'experts' },
}
const approve: SimulationAct = {
  do: 'decide',
  step: 'review',
  approver: 'manager@company.com',
  decision: 'approve',
  comment: 'Good to go.',
}
const inputsOf = (text: string) => validateWorkflow(text, stepCatalog).definition?.inputs ?? null

/** The state a script leads to, from the core itself. */
const after = (acts: readonly SimulationAct[], more: Partial<Options> = {}) => ({
  args: { acts: acts.length },
  loaders: [
    async () => ({ played: await simulateRun({ text: LOOP, inputs: {}, acts, startedBy: STARTED_BY, ...more }) }),
  ],
})

const meta = {
  component: TestRunView,
  parameters: { bare: true },
  args: {
    inputs: null,
    valid: true,
    played: null,
    acts: 0,
    stale: false,
    busy: false,
    error: null,
    problems: [],
    onStart: fn(),
    onAct: fn(),
    onBack: fn(),
    onAgain: fn(),
    onReset: fn(),
  },
  render: (args, { loaded }) => (
    <main className="h-dvh max-w-lg border-e">
      <TestRunView {...args} played={(loaded.played as SimulatedRun | undefined) ?? args.played} />
    </main>
  ),
} satisfies Meta<typeof TestRunView>
export default meta

type Story = StoryObj<typeof meta>

export const BeforeTheStart: Story = {
  play: async ({ canvas, args }) => {
    await expect(canvas.getByText(/the mock answers for AI, no mail or HTTP call leaves this page/)).toBeVisible()
    await userEvent.selectOptions(canvas.getByLabelText('The mock AI gives'), 'No answer')
    await userEvent.click(canvas.getByRole('button', { name: 'Start the test run' }))
    await waitFor(() => expect(args.onStart).toHaveBeenCalledWith({}, 'timeout'))
  },
}

export const AsksForInputs: Story = {
  args: { inputs: inputsOf(WITH_INPUTS) },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start the test run' }))
    await expect(await canvas.findByText('One thing needs another look')).toBeVisible()
    await userEvent.type(canvas.getByLabelText('Topic'), 'Tea')
    await userEvent.click(canvas.getByRole('button', { name: 'Start the test run' }))
    await waitFor(() => expect(args.onStart).toHaveBeenCalledWith(expect.objectContaining({ topic: 'Tea' }), 'success'))
  },
}

export const TextWithErrors: Story = {
  args: { valid: false },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start the test run' }))
    await expect(args.onStart).not.toHaveBeenCalled()
  },
}

export const CannotBegin: Story = {
  args: { error: 'The inputs do not fit: topic: must be text, not a number' },
}

export const WaitingForAForm: Story = {
  ...after([]),
  play: async ({ canvas, args }) => {
    await userEvent.type(await canvas.findByLabelText('Topic'), 'Tea')
    await userEvent.click(canvas.getByRole('button', { name: 'Submit' }))
    await waitFor(() =>
      expect(args.onAct).toHaveBeenCalledWith({
        do: 'submit',
        step: 'brief',
        values: expect.objectContaining({ topic: 'Tea' }),
      }),
    )
  },
}

export const WaitingForADecision: Story = {
  ...after([brief]),
  play: async ({ canvas, args }) => {
    await userEvent.type(await canvas.findByLabelText(/Comment/), 'Shorter, please.')
    await userEvent.click(canvas.getByRole('button', { name: 'Ask for changes' }))
    await expect(args.onAct).toHaveBeenCalledWith({
      do: 'decide',
      step: 'review',
      approver: 'manager@company.com',
      decision: 'revise',
      comment: 'Shorter, please.',
    })
    await userEvent.click(canvas.getByRole('button', { name: 'Let 24 h pass' }))
    await expect(args.onAct).toHaveBeenLastCalledWith({ do: 'wait', ms: DAY })
    await userEvent.click(canvas.getByRole('button', { name: 'Back one act' }))
    await expect(args.onBack).toHaveBeenCalledOnce()
  },
}

export const AfterReminderAndEscalation: Story = {
  ...after([brief, { do: 'wait', ms: 3 * DAY }]),
  play: async ({ canvas }) => {
    await expect((await canvas.findAllByText(/\(reminder\)/))[0]).toBeVisible()
    await expect(canvas.getByText(/Nobody decided in time, so others are asked/)).toBeVisible()
  },
}

export const Completed: Story = after([brief, { do: 'wait', ms: DAY / 4 }, approve])

export const Rejected: Story = after([brief, { ...approve, decision: 'reject', comment: 'Off topic.' }])

export const AnswerThatBreaksTheSchema: Story = {
  ...after([brief], { mode: 'schema_violation_once' }),
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByText(/1 answer broke the schema/))
    await expect(await canvas.findByText(/calls to the model/)).toBeVisible()
  },
}

export const ModelThatNeverAnswers: Story = {
  ...after([brief], { mode: 'timeout' }),
  play: async ({ canvas }) => {
    await expect((await canvas.findAllByText(/did not answer within 60 s/))[0]).toBeVisible()
  },
}

export const OfTheEarlierText: Story = {
  ...after([brief]),
  args: { stale: true, acts: 1 },
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Run again' }))
    await expect(args.onAgain).toHaveBeenCalledOnce()
  },
}

export const LongAndRightToLeft: Story = after([{ do: 'wait', ms: DAY }], { text: LOOP_RTL })

/** The panel with its own worker: nothing is stood in for. */
export const PlayedToTheEnd: Story = {
  render: () => (
    <main className="h-dvh max-w-lg border-e">
      <TestRunPanel text={LOOP} inputs={null} valid />
    </main>
  ),
  play: async ({ canvas }) => {
    const press = async (name: string) =>
      userEvent.click(await canvas.findByRole('button', { name }, { timeout: 8_000 }))
    await press('Start the test run')
    await userEvent.type(await canvas.findByLabelText('Topic', undefined, { timeout: 8_000 }), 'Tea')
    await press('Submit')
    await press('Let 24 h pass')
    await expect(await canvas.findByText(/\(reminder\)/)).toBeVisible()
    await press('Back one act')
    await waitFor(() => expect(canvas.queryByText(/\(reminder\)/)).toBeNull())
    await press('Approve')
    await expect(await canvas.findByRole('heading', { name: 'The run is completed.' })).toHaveFocus()
  },
}
