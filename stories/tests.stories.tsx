import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { useState } from 'react'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { TestsPanel } from '#components/editor/tests/tests-panel.tsx'
import { TestsView } from '#components/editor/tests/tests-view.tsx'
import { withEdits } from '#components/editor/text-offset.ts'
import { runTests } from '#lib/simulation/cases/run-tests.ts'
import type { TestReport } from '#lib/workflow/cases/report.ts'

const FLOW = `name: Expense request
start_step: request
steps:
  - {id: request, type: form, fields: [{key: amount, type: number, required: true}]}
  - {id: limit, type: conditional, condition: amount <= 200, if_true: granted, if_false: decide}
  - id: decide
    type: approval
    approvers: [finance@company.com]
    timeout: 30d
    reminder: 7d
    on_reject: refused
    next: granted
  - {id: granted, type: set, values: {outcome: "'granted'"}, next: end}
  - {id: refused, type: set, values: {outcome: "'refused'"}}
outputs: {outcome: "{{ outcome }}"}
`
const PASSING = `tests:
  - name: a small sum passes at once
    people: {request: {amount: 20}}
    expect: {outputs: {outcome: granted}, mails: []}
  - name: finance decides after four weeks
    people: {request: {amount: 900}, decide: {approve: Fine., after: 28d}}
    expect: {outputs: {outcome: granted}}
  - name: finance refuses
    people: {request: {amount: 900}, decide: {reject: Too dear.}}
    expect: {outputs: {outcome: refused}}
`
const FAILING = `tests:
  - name: a small sum passes at once
    people: {request: {amount: 20}}
    expect: {outputs: {outcome: granted}}
  - name: finance decides after four weeks
    people: {request: {amount: 900}, decide: {approve: Fine., after: 28d}}
    expect:
      path: [request, limit, decide, refused]
      outputs: {outcome: refused}
      mails: [{to: finance@company.com, kind: approval_reminder, count: 2}]
  - name: nobody is asked
    people: {request: {amount: 900}}
`
const LONG = `tests:
  - name: ${'a name that goes on and on and has no end in sight '.repeat(3)}
    people: {request: {amount: 20}}
    expect: {outputs: {outcome: ${'refused-for-a-very-long-reason-'.repeat(6)}}}
  - name: הטלת סכום קטן עוברת מיד
    people: {request: {amount: 20}}
`

/** What the tests of a text come to, from the core itself. */
const of = (tests: string) => ({ loaders: [async () => ({ report: await runTests(FLOW + tests) })] })

const meta = {
  component: TestsView,
  parameters: { bare: true },
  args: {
    report: null,
    invalid: false,
    playing: false,
    error: null,
    refused: false,
    onAgain: fn(),
    onBegin: fn(),
    onJump: fn(),
    onStep: fn(),
  },
  render: (args, { loaded }) => (
    <main className="h-dvh max-w-lg overflow-y-auto border-e">
      <TestsView {...args} report={(loaded.report as TestReport | undefined) ?? args.report} />
    </main>
  ),
} satisfies Meta<typeof TestsView>
export default meta

type Story = StoryObj<typeof meta>

export const Passing: Story = {
  ...of(PASSING),
  play: async ({ canvas, args }) => {
    await expect(await canvas.findByText('All 3 tests pass.')).toBeVisible()
    await expect(canvas.getByText('100 %, 5 of 5')).toBeVisible()
    await userEvent.click(canvas.getByText('finance decides after four weeks'))
    await expect(canvas.getByText('request → limit → decide → granted')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Go to line 20' }))
    await expect(args.onJump).toHaveBeenCalledWith(20, 1)
  },
}

export const Failing: Story = {
  ...of(FAILING),
  play: async ({ canvas, args }) => {
    await expect(await canvas.findByText('2 of 3 tests fail.')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: /^path The run took another path\. line 23:7/ }))
    await expect(args.onJump).toHaveBeenLastCalledWith(23, 7)
    await expect(canvas.getByText('request → limit → decide → refused')).toBeVisible()
    await expect(canvas.getByText(/Add people: \{decide: approve\}/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: /^refused line/ }))
    await expect(args.onStep).toHaveBeenCalledWith('refused')
  },
}

export const WithoutTests: Story = {
  ...of(''),
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Write the first test' }))
    await expect(args.onBegin).toHaveBeenCalledOnce()
  },
}

export const NoneCanBeWritten: Story = {
  ...of(''),
  args: { refused: true },
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Write the first test' }))
    await expect(args.onBegin).not.toHaveBeenCalled()
    await expect(canvas.getByRole('alert')).toHaveTextContent('None can be written into this text.')
  },
}

export const Playing: Story = { args: { playing: true } }

export const PlayingAgain: Story = { ...of(PASSING), args: { playing: true } }

export const TextWithErrors: Story = { args: { invalid: true } }

export const OfTheLastValidText: Story = { ...of(FAILING), args: { invalid: true } }

export const NotPlayed: Story = {
  args: { error: 'The tests did not come to an end. Look for steps that go round without anybody.' },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(args.onAgain).toHaveBeenCalledOnce()
  },
}

export const LongAndRightToLeft: Story = of(LONG)

function Editor({ initial }: { readonly initial: string }) {
  const [text, setText] = useState(initial)
  return (
    <main className="grid h-dvh grid-cols-2">
      <textarea
        aria-label="Text"
        className="border-e bg-surface p-2 font-mono text-xs"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <TestsPanel text={text} active onJump={fn()} onStep={fn()} onEdit={(edit) => setText(withEdits(text, [edit]))} />
    </main>
  )
}

/** The panel with its own worker: nothing is stood in for. */
export const WrittenAndBroken: Story = {
  render: () => <Editor initial={FLOW} />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Write the first test' }, { timeout: 8_000 }))
    await expect(await canvas.findByText('The test passes.', undefined, { timeout: 8_000 })).toBeVisible()
    const text = canvas.getByRole('textbox', { name: 'Text' })
    await userEvent.click(text)
    await userEvent.keyboard('{Control>}{End}{/Control}  - name: nobody answers{Enter}')
    await expect(await canvas.findByText('1 of 2 tests fails.', undefined, { timeout: 8_000 })).toBeVisible()
    await userEvent.keyboard('  - name: [[{Enter}')
    await waitFor(() => expect(canvas.getByText(/These results are of the last text without any/)).toBeVisible(), {
      timeout: 8_000,
    })
  },
}
