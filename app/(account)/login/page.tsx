import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { AccountFormView } from '#components/accounts/account-form-view.tsx'
import { AccountPage } from '#components/accounts/account-page.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { safeReturnTo } from '#lib/safe-redirect.ts'
import { signInAction } from '#server/auth/actions.ts'
import { getSessionActor } from '#server/auth/page-session.ts'

export const metadata: Metadata = { title: 'Sign in' }

interface LoginPageProps {
  readonly searchParams: Promise<{ returnTo?: string; reset?: string; error?: string }>
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const { returnTo, reset, error } = await searchParams
  if (await getSessionActor()) redirect(safeReturnTo(returnTo ?? ''))
  return (
    <AccountPage
      title="Sign in to Scaff"
      footer={
        <Link href="/forgot" className="underline underline-offset-2">
          Forgot the password?
        </Link>
      }
    >
      <div className="grid gap-4">
        {reset === 'done' && <Notice tone="good">The new password counts from now on. Sign in with it.</Notice>}
        {error && <Notice tone="bad">That did not work. Check address and password.</Notice>}
        <AccountFormView
          submit="Sign in"
          action={signInAction}
          hidden={returnTo ? { returnTo } : {}}
          fields={[
            { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
            { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
          ]}
        />
      </div>
    </AccountPage>
  )
}
