import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent, waitFor } from 'storybook/test'
import { AccountSettingsView } from '#components/settings/account-settings-view.tsx'
import { ApiKeysView, type ApiKeysViewProps } from '#components/settings/api-keys-view.tsx'
import { ConstantsView, type ConstantsViewProps } from '#components/settings/constants-view.tsx'
import { MembersView, type MembersViewProps } from '#components/settings/members-view.tsx'
import { SecretsView, type SecretsViewProps } from '#components/settings/secrets-view.tsx'
import { after, before, LONG, MINUTES } from './fixtures/workflows.ts'

export default { title: 'settings' } satisfies Meta

const at = before(60 * MINUTES)
const worked = () => fn(async () => true)

const constants: ConstantsViewProps = {
  constants: [
    { name: 'cms_url', value: 'https://cms.company.com', sensitive: false, updated_at: at },
    { name: 'limits', value: { eur: 200, words: LONG }, sensitive: false, updated_at: at },
    { name: 'slack_webhook_id', value: null, sensitive: true, updated_at: at },
  ],
  canWrite: true,
  pending: false,
  error: null,
  onSet: worked(),
  onDelete: worked(),
}

export const Constants: StoryObj = {
  render: () => <ConstantsView {...constants} />,
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByLabelText('Name'), 'limit')
    await userEvent.type(canvas.getByLabelText('Value'), '200')
    await userEvent.click(canvas.getByRole('button', { name: 'Set' }))
    await expect(constants.onSet).toHaveBeenCalledWith({ name: 'limit', value: 200, sensitive: false })
    await expect(canvas.getByLabelText('Name')).toHaveValue('')
  },
}

export const NoConstants: StoryObj = { render: () => <ConstantsView {...constants} constants={[]} /> }

export const ConstantsForReaders: StoryObj = { render: () => <ConstantsView {...constants} canWrite={false} /> }

export const ConstantsLoading: StoryObj = { render: () => <ConstantsView {...constants} constants={undefined} /> }

export const ConstantRefused: StoryObj = {
  render: () => <ConstantsView {...constants} error="name: Use letters, digits and underscores." />,
}

const secrets: SecretsViewProps = {
  secrets: [
    { name: 'CMS_API_KEY', source: 'stored', updated_at: at },
    { name: 'CRM_TOKEN', source: 'environment', updated_at: null },
  ],
  canWrite: true,
  pending: false,
  error: null,
  onSet: worked(),
  onDelete: worked(),
}

export const Secrets: StoryObj = { render: () => <SecretsView {...secrets} /> }

export const NoSecrets: StoryObj = { render: () => <SecretsView {...secrets} secrets={[]} /> }

export const AsksBeforeDeletingASecret: StoryObj = {
  render: () => <SecretsView {...secrets} />,
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Delete CMS_API_KEY' }))
    await expect(secrets.onDelete).not.toHaveBeenCalled()
    await userEvent.click(await screen.findByRole('button', { name: 'Delete the secret' }, { timeout: 10_000 }))
    await expect(secrets.onDelete).toHaveBeenCalledWith('CMS_API_KEY')
  },
}

export const AsksBeforeDeletingAConstant: StoryObj = {
  render: () => <ConstantsView {...constants} />,
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Delete cms_url' }))
    await expect(constants.onDelete).not.toHaveBeenCalled()
    await userEvent.click(await screen.findByRole('button', { name: 'Delete the constant' }, { timeout: 10_000 }))
    await expect(constants.onDelete).toHaveBeenCalledWith('cms_url')
  },
}

const members: MembersViewProps = {
  list: {
    members: [
      { id: 'usr_1', email: 'sarah@company.com', name: 'Sarah Miller', role: 'owner', disabled: false, created_at: at },
      { id: 'usr_2', email: 'ben@company.com', name: null, role: 'editor', disabled: false, created_at: at },
      { id: 'usr_3', email: 'gone@company.com', name: LONG, role: 'viewer', disabled: true, created_at: at },
    ],
    invitations: [
      {
        id: 'tok_1',
        email: 'ana@company.com',
        role: 'approver',
        created_at: at,
        expires_at: after(7 * 24 * 60 * MINUTES),
        link: 'http://localhost:3000/invite?token=tok_1',
      },
    ],
  },
  meId: 'usr_1',
  canManage: true,
  pending: false,
  error: null,
  onInvite: worked(),
  onRole: fn(),
  onDisabled: fn(),
  onRevoke: fn(),
}

export const Members: StoryObj = {
  render: () => <MembersView {...members} />,
  play: async ({ canvas }) => {
    await userEvent.selectOptions(canvas.getByLabelText('Role of ben@company.com'), 'Admin')
    await expect(members.onRole).toHaveBeenCalledWith('usr_2', 'admin')
    await expect(canvas.queryByLabelText('Role of sarah@company.com')).toBeNull()
  },
}

export const MembersForReaders: StoryObj = {
  render: () => <MembersView {...members} canManage={false} meId="usr_2" />,
}

export const MembersLoading: StoryObj = { render: () => <MembersView {...members} list={undefined} /> }

const keys: ApiKeysViewProps = {
  keys: [
    {
      id: 'key_1',
      name: 'CI',
      role: 'editor',
      scopes: null,
      agent_id: null,
      agent_type: null,
      rate_limit: null,
      quota: null,
      hint: '9f3a',
      created_at: at,
      expires_at: after(90 * 24 * 60 * MINUTES),
      last_used_at: before(2 * MINUTES),
    },
    {
      id: 'key_2',
      name: LONG,
      role: 'admin',
      scopes: ['run:start', 'run:read'],
      agent_id: null,
      agent_type: null,
      rate_limit: null,
      quota: null,
      hint: '77aa',
      created_at: at,
      expires_at: null,
      last_used_at: null,
    },
  ],
  created: null,
  pending: false,
  error: null,
  onCreate: worked(),
  onRevoke: worked(),
}

export const ApiKeys: StoryObj = { render: () => <ApiKeysView {...keys} /> }

export const ApiKeyShownOnce: StoryObj = {
  render: () => <ApiKeysView {...keys} created={{ name: 'CI', key: 'scf_QDq3c_bSODz1ylNyQjFyQFpw_U5Lqzh' }} />,
}

export const NoApiKeys: StoryObj = { render: () => <ApiKeysView {...keys} keys={[]} /> }

const state = { error: null, fields: {}, values: {}, done: false }
const sarah = { name: 'Sarah Miller', email: 'sarah@company.com', role: 'owner' } as const

export const Account: StoryObj = {
  render: () => <AccountSettingsView user={sarah} changePassword={async () => ({ ...state, done: true })} />,
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByLabelText('Current password'), 'a quiet river at dawn')
    await userEvent.type(canvas.getByLabelText('New password'), 'another quiet evening')
    await userEvent.click(canvas.getByRole('button', { name: 'Change the password' }))
    await expect(await canvas.findByText(/The password is changed/)).toBeVisible()
  },
}

export const AccountWithoutAName: StoryObj = {
  render: () => (
    <AccountSettingsView
      user={{ name: null, email: `${LONG.replaceAll(' ', '')}@company.com`, role: 'viewer' }}
      changePassword={async () => state}
    />
  ),
}

export const WrongCurrentPassword: StoryObj = {
  render: () => (
    <AccountSettingsView
      user={sarah}
      changePassword={async () => ({
        ...state,
        error: 'Check the marked fields.',
        fields: { current: 'This is not your current password.' },
      })}
    />
  ),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Change the password' }))
    await waitFor(() => expect(canvas.getByLabelText('Current password')).toHaveFocus())
    await expect(canvas.getByLabelText('Current password')).toHaveAccessibleDescription(/not your current password/)
  },
}
