'use client'
import { UserPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Invitation, Member, MemberList } from '#lib/contracts/members.ts'
import { GIVEN_ROLES, type GivenRoleName, ROLE_WORDS } from './role-words.ts'

export interface MembersViewProps {
  readonly list: MemberList | undefined
  readonly meId: string
  readonly canManage: boolean
  readonly pending: boolean
  readonly error: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  readonly onInvite: (email: string, role: GivenRoleName) => Promise<boolean>
  readonly onRole: (id: string, role: GivenRoleName) => void
  readonly onDisabled: (id: string, disabled: boolean) => void
  readonly onRevoke: (id: string) => void
}

export function MembersView(props: MembersViewProps) {
  const { list, canManage, error } = props
  return (
    <div className="grid gap-4">
      <Failure error={error} onRetry={props.onRetry} />
      {canManage && <InviteForm {...props} />}
      {list && list.invitations.length > 0 && (
        <Card>
          <CardHeader
            title="Invited"
            description="A mail was sent. Where none goes out, hand over the link: it works once, for this address."
          />
          <ul className="divide-y">
            {list.invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} {...props} />
            ))}
          </ul>
        </Card>
      )}
      <Card className={error && !list ? 'hidden' : ''}>
        <CardHeader title="Members" />
        {!list && !error && <SkeletonRows rows={3} label="Loading members" />}
        <ul className="divide-y">
          {list?.members.map((member) => (
            <MemberRow key={member.id} member={member} {...props} />
          ))}
        </ul>
      </Card>
    </div>
  )
}

function InviteForm({ pending, onInvite }: MembersViewProps) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<GivenRoleName>('editor')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await onInvite(email, role)) setEmail('')
  }
  return (
    <Card>
      <CardHeader title="Invite somebody" />
      <form onSubmit={submit} className="grid items-end gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_10rem_auto]">
        <Field label="E-mail address">
          {(control) => (
            <Input
              {...control}
              type="email"
              required
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role">
          {(control) => (
            <Select {...control} value={role} onChange={(event) => setRole(toRole(event.target.value) ?? role)}>
              <RoleOptions />
            </Select>
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={pending}>
          <UserPlus aria-hidden="true" />
          Invite
        </Button>
        <p className="text-[0.8125rem] text-ink-muted sm:col-span-3">{ROLE_WORDS[role]}</p>
      </form>
    </Card>
  )
}

function InvitationRow({ invitation, pending, onRevoke }: MembersViewProps & { readonly invitation: Invitation }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate text-sm font-medium">{invitation.email}</p>
        <p className="text-[0.8125rem] text-ink-muted">
          As {invitation.role}, expires <RelativeTime at={invitation.expires_at} />
        </p>
      </div>
      <CopyButton text={invitation.link} label="Copy the link" />
      <Button size="sm" variant="ghost" disabled={pending} onClick={() => onRevoke(invitation.id)}>
        Withdraw
      </Button>
    </li>
  )
}

function MemberRow(props: MembersViewProps & { readonly member: Member }) {
  const { member, meId, canManage, pending, onRole, onDisabled } = props
  const changeable = canManage && member.id !== meId && member.role !== 'owner'
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex items-center gap-2">
          <span className="truncate text-sm font-medium">{member.name ?? member.email}</span>
          {member.id === meId && <Badge>You</Badge>}
          {member.disabled && <Badge tone="warn">Disabled</Badge>}
        </p>
        {member.name && <p className="truncate text-[0.8125rem] text-ink-muted">{member.email}</p>}
      </div>
      {changeable ? (
        <>
          <span className="w-32">
            <Select
              aria-label={`Role of ${member.email}`}
              value={member.role}
              disabled={pending}
              onChange={(event) => {
                const role = toRole(event.target.value)
                if (role) onRole(member.id, role)
              }}
            >
              <RoleOptions />
            </Select>
          </span>
          <Button size="sm" variant="ghost" disabled={pending} onClick={() => onDisabled(member.id, !member.disabled)}>
            {member.disabled ? 'Enable' : 'Disable'}
          </Button>
        </>
      ) : (
        <span className="text-[0.8125rem] text-ink-muted capitalize">{member.role}</span>
      )}
    </li>
  )
}

function RoleOptions() {
  return GIVEN_ROLES.map((role) => (
    <option key={role} value={role}>
      {role.charAt(0).toUpperCase() + role.slice(1)}
    </option>
  ))
}

function toRole(text: string): GivenRoleName | null {
  return GIVEN_ROLES.find((role) => role === text) ?? null
}
