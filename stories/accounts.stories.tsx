import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { type AccountAction, AccountFormView } from '#components/accounts/account-form-view.tsx'
import { AccountPage } from '#components/accounts/account-page.tsx'
import { LinkProblem } from '#components/accounts/link-problem.tsx'

const refuse: AccountAction = async (_previous, form) => ({
  error: 'Check the marked fields.',
  fields: { password: 'Use at least 8 characters.' },
  values: { email: String(form.get('email')) },
  done: false,
})

const meta = {
  component: AccountFormView,
  parameters: { bare: true },
  args: {
    submit: 'Sign in',
    action: fn(refuse),
    fields: [
      { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
      { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
    ],
  },
  render: (args) => (
    <AccountPage title="Sign in to Scaff">
      <AccountFormView {...args} />
    </AccountPage>
  ),
} satisfies Meta<typeof AccountFormView>
export default meta

type Story = StoryObj<typeof meta>

export const SignIn: Story = {}

export const Refused: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByLabelText('E-mail address'), 'sarah@company.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(canvas.getByLabelText('Password')).toHaveFocus())
    await expect(canvas.getByLabelText('E-mail address')).toHaveValue('sarah@company.com')
  },
}

export const Done: Story = {
  args: { done: 'A mail is on its way.', initial: { error: null, fields: {}, values: {}, done: true } },
}

export const BrokenLink: StoryObj = {
  render: () => <LinkProblem sentence="This link was used already." cure="Ask whoever invited you for a new link." />,
}
