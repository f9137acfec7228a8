import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { FormPage } from '#components/forms/form-page.tsx'
import { FormReceipt } from '#components/forms/form-receipt.tsx'
import { FormStatePage } from '#components/forms/form-state-page.tsx'
import type { SubmitForm } from '#components/forms/form-view.tsx'
import { keepDraft } from '#components/forms/kept-draft.ts'
import { lateTime } from '#components/forms/times.tsx'
import { form } from './fixtures/forms.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

const meta = {
  component: FormPage,
  parameters: { bare: true },
  args: { form, zone: 'UTC', action: fn<SubmitForm>(async () => form) },
  beforeEach: () => sessionStorage.clear(),
  render: (args) => <FormPage {...args} />,
} satisfies Meta<typeof FormPage>
export default meta

type Story = StoryObj<typeof meta>

export const Open: Story = {}

export const LongTexts: Story = {
  args: {
    form: { ...form, title: LONG, description: LONG, fields: form.fields.map((field) => ({ ...field, label: LONG })) },
  },
}

/** As the server answers a POST of a browser without scripts. */
export const GivenBack: Story = {
  args: {
    form: {
      ...form,
      values: { topic: 'AI', email: 'not an address', word_count: 'many', audience: 'developers', urgent: true },
      errors: [
        { path: 'topic', code: 'invalid', message: 'must be 3 to 100 characters' },
        { path: 'email', code: 'invalid', message: 'must be an e-mail address' },
        { path: 'word_count', code: 'invalid', message: 'must be a whole number, not text' },
      ],
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('alert')).toHaveTextContent('3 things need another look')
    await expect(canvas.getByLabelText(/^Words/)).toHaveValue('many')
    await expect(canvas.getByRole('radio', { name: 'developers' })).toBeChecked()
  },
}

export const ChecksBeforeItIsSent: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.type(canvas.getByLabelText('Topic'), 'AI')
    await userEvent.click(canvas.getByRole('button', { name: 'Submit' }))
    const summary = await canvas.findByRole('alert')
    await waitFor(() => expect(summary).toHaveFocus())
    await expect(args.action).not.toHaveBeenCalled()
    await expect(canvas.getByLabelText('Topic')).toHaveAccessibleDescription(/Topic must be 3 to 100 characters/)
    await userEvent.click(canvas.getByRole('link', { name: 'E-mail address is required' }))
    await expect(canvas.getByLabelText('E-mail address')).toHaveFocus()
  },
}

export const SendsWhatWasTyped: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.type(canvas.getByLabelText('Topic'), 'AI for developers')
    await userEvent.type(canvas.getByLabelText('E-mail address'), 'ana@example.com')
    await userEvent.click(canvas.getByRole('radio', { name: 'marketers' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Submit' }))
    await waitFor(() => expect(args.action).toHaveBeenCalledOnce())
    const sent = args.action.mock.calls[0]?.[1]
    await expect(Object.fromEntries(sent ?? [])).toMatchObject({ topic: 'AI for developers', audience: 'marketers' })
  },
}

export const CountsWhatIsTyped: Story = {
  args: {
    form: {
      ...form,
      fields: form.fields.map((field) => (field.key === 'message' ? { ...field, maximum: 10 } : field)),
    },
  },
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByLabelText(/^Message/), 'Hello')
    await expect(canvas.getByText('5 characters left')).toBeVisible()
    await userEvent.type(canvas.getByLabelText(/^Message/), ' world')
    await expect(canvas.getByText('1 characters too many')).toBeVisible()
  },
}

export const LooksAgainAtWhatIsCorrected: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Submit' }))
    const topic = canvas.getByLabelText('Topic')
    await waitFor(() => expect(topic).toHaveAttribute('aria-invalid', 'true'))
    await userEvent.type(topic, 'AI for developers')
    await waitFor(() => expect(topic).not.toHaveAttribute('aria-invalid'))
    await expect(canvas.getByLabelText('E-mail address')).toHaveAttribute('aria-invalid', 'true')
  },
}

export const RightToLeft: Story = {
  render: (args) => (
    <div dir="rtl">
      <FormPage {...args} />
    </div>
  ),
}

export const KeepsADraft: Story = {
  beforeEach: () => sessionStorage.setItem('scaff:form:wait_1', JSON.stringify([['topic', 'Kept from before']])),
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByLabelText('Topic')).toHaveValue('Kept from before'))
  },
}

/** What was typed before the draft's code came is newer than the draft. */
export const KeepsWhatWasTypedMeanwhile: Story = {
  play: async ({ canvas, userEvent }) => {
    const topic = canvas.getByLabelText<HTMLInputElement>('Topic')
    sessionStorage.setItem('scaff:form:late', JSON.stringify([['topic', 'Kept from before']]))
    await userEvent.type(topic, 'Typed now')
    if (topic.form) keepDraft(topic.form, 'scaff:form:late', true)
    await expect(topic).toHaveValue('Typed now')
    await expect(sessionStorage.getItem('scaff:form:late')).toContain('Typed now')
  },
}

const closed = { title: 'Tell us about the post', at: before(5 * MINUTES) }

const submitted = {
  state: 'submitted',
  ...closed,
  workflow_name: 'Blog post generator',
  by: 'sarah@company.com',
} as const

/** For the browser that sent it. */
export const Submitted: StoryObj = {
  render: () => (
    <FormStatePage
      time={lateTime('UTC')}
      form={{
        ...submitted,
        answers: [
          { label: 'Topic', value: 'AI for developers' },
          { label: 'Where should it be published?', value: ['Blog', 'Newsletter'] },
          { label: 'Message', value: null },
          { label: 'This is urgent', value: false },
          { label: 'اسم', value: 'مرحبا' },
        ],
      }}
    />
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('heading', { name: 'What you sent' })).toBeVisible()
    await expect(canvas.getByText('AI for developers')).toBeVisible()
  },
}

/** At the head of the run, for somebody of the app who has just sent it. */
export const Receipt: StoryObj = {
  render: () => (
    <FormReceipt
      close="/runs/run_1"
      form={{
        ...submitted,
        answers: [
          { label: 'Topic', value: 'AI for developers' },
          { label: 'Where should it be published?', value: ['Blog', 'Newsletter'] },
          { label: 'Message', value: 'word '.repeat(60) },
        ],
      }}
    />
  ),
  play: async ({ canvas }) => {
    const receipt = canvas.getByRole('status')
    await expect(receipt).toHaveTextContent('your answers have arrived')
    await expect(document.activeElement).toContainElement(receipt)
    await expect(canvas.getByText('AI for developers')).toBeVisible()
  },
}

/** Of many answers only that they arrived; they unfold. */
export const ReceiptOfManyAnswers: StoryObj = {
  render: () => (
    <FormReceipt
      close="/runs/run_1"
      form={{
        ...submitted,
        answers: Array.from({ length: 12 }, (_, i) => ({ label: `Question ${i + 1}`, value: `Answer ${i + 1}` })),
      }}
    />
  ),
  play: async ({ canvas, userEvent }) => {
    await expect(canvas.getByText('Answer 12')).not.toBeVisible()
    await userEvent.click(canvas.getByText('What you sent'))
    await expect(canvas.getByText('Answer 12')).toBeVisible()
  },
}

/** Somebody else was first. */
export const ReceiptOfWhoCameLate: StoryObj = {
  render: () => <FormReceipt close="/runs/run_1" form={{ ...submitted, answers: null }} />,
}

/** In the app, at the form's own address. */
export const SubmittedInTheApp: StoryObj = {
  render: () => (
    <FormStatePage
      time={lateTime('UTC')}
      run="run_1"
      form={{ ...submitted, answers: [{ label: 'Topic', value: 'AI for developers' }] }}
    />
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: 'Open the run' })).toHaveAttribute('href', '/runs/run_1')
    await expect(canvas.queryByRole('main')).toBeNull()
  },
}

/** For everybody else who has the link. */
export const AnsweredAlready: StoryObj = {
  render: () => <FormStatePage time={lateTime('UTC')} form={{ ...submitted, answers: null }} />,
}

export const Expired: StoryObj = {
  render: () => <FormStatePage time={lateTime('UTC')} form={{ state: 'expired', ...closed }} />,
}

export const Canceled: StoryObj = {
  render: () => <FormStatePage time={lateTime('UTC')} form={{ state: 'canceled', ...closed }} />,
}

export const Invalid: StoryObj = { render: () => <FormStatePage time={lateTime('UTC')} form={{ state: 'invalid' }} /> }
