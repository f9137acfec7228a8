import { type AccountAction, AccountFormView } from '#components/accounts/account-form-view.tsx'
import type { ShellUser } from '#components/shell/shell-types.ts'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { ROLE_WORDS } from './role-words.ts'

interface AccountSettingsViewProps {
  readonly user: ShellUser
  readonly changePassword: AccountAction
}

/** What one's own account is, and its password. */
export function AccountSettingsView({ user, changePassword }: AccountSettingsViewProps) {
  return (
    <div className="grid gap-4">
      <Card>
        <CardHeader title="You" />
        <dl className="grid gap-x-6 gap-y-3 p-4 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
          {user.name && <Fact term="Name">{user.name}</Fact>}
          <Fact term="E-mail address">{user.email}</Fact>
          <div className="sm:contents">
            <dt className="text-ink-muted">Role</dt>
            <dd>
              <span className="capitalize">{user.role}</span>
              <span className="block text-[0.8125rem] text-ink-muted">{ROLE_WORDS[user.role]}</span>
            </dd>
          </div>
        </dl>
      </Card>
      <Card>
        <CardHeader title="Password" description="Every other browser that is signed in has to sign in again." />
        <div className="max-w-sm p-4">
          <AccountFormView
            submit="Change the password"
            action={changePassword}
            done="The password is changed. You stay signed in here, and nowhere else."
            fields={[
              { name: 'current', label: 'Current password', type: 'password', autoComplete: 'current-password' },
              {
                name: 'password',
                label: 'New password',
                type: 'password',
                autoComplete: 'new-password',
                help: 'At least 8 characters',
              },
            ]}
          />
        </div>
      </Card>
    </div>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: string }) {
  return (
    <div className="sm:contents">
      <dt className="text-ink-muted">{term}</dt>
      <dd className="min-w-0">
        <bdi>{children}</bdi>
      </dd>
    </div>
  )
}
