'use client'
import { KeySquare } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ApiKey } from '#lib/contracts/api-keys.ts'
import { GIVEN_ROLES, type GivenRoleName } from './role-words.ts'

export interface ApiKeysViewProps {
  readonly keys: readonly ApiKey[] | undefined
  /** The key that was just made: shown until the page is left. */
  readonly created: { readonly name: string; readonly key: string } | null
  readonly pending: boolean
  readonly error: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  readonly onCreate: (input: { name: string; role: GivenRoleName; days: number | null }) => Promise<boolean>
  readonly onRevoke: (id: string) => Promise<boolean>
}

const LIFETIMES = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
  { days: null, label: 'Until it is revoked' },
] as const

export function ApiKeysView({ keys, created, pending, error, onRetry, onCreate, onRevoke }: ApiKeysViewProps) {
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  return (
    <div className="grid gap-4">
      <p className="max-w-2xl text-sm text-ink-muted">
        Programs call the REST API with a key in the header{' '}
        <code className="font-mono text-xs">Authorization: Bearer</code>.{' '}
        <a href="/docs" className="underline underline-offset-2">
          Read the API’s documentation
        </a>
        .
      </p>
      {!revoking && <Failure error={error} onRetry={onRetry} />}
      {created && (
        <Notice tone="good" title={`The key “${created.name}” is ready`}>
          <p>Copy it now. It is kept nowhere and cannot be shown again.</p>
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <code className="min-w-0 rounded border bg-surface px-2 py-1 font-mono text-xs break-all">
              {created.key}
            </code>
            <CopyButton text={created.key} label="Copy the key" />
          </div>
        </Notice>
      )}
      <CreateKeyForm pending={pending} onCreate={onCreate} />
      <Card className={error && !keys ? 'hidden' : ''}>
        <CardHeader title="Keys" />
        {!keys && !error && <SkeletonRows rows={3} label="Loading API keys" />}
        {keys?.length === 0 && (
          <EmptyState icon={KeySquare} title="No API keys yet">
            Make one above when a program needs to start runs or read results.
          </EmptyState>
        )}
        <ul className="divide-y">
          {keys?.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
          ))}
        </ul>
      </Card>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke “${revoking?.name}”?`}
        description="Programs that use it are refused from now on. Runs they started go on."
        confirm="Revoke the key"
        pending={pending}
        error={error}
        onConfirm={() => {
          if (revoking) void onRevoke(revoking.id).then((done) => done && setRevoking(null))
        }}
      />
    </div>
  )
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate text-sm font-medium">{apiKey.name}</span>
          <Badge>{apiKey.role}</Badge>
          {apiKey.scopes && <Badge>{apiKey.scopes.length === 1 ? '1 scope' : `${apiKey.scopes.length} scopes`}</Badge>}
        </p>
        <p className="text-[0.8125rem] text-ink-muted">
          <code className="font-mono text-xs">…{apiKey.hint}</code> ·{' '}
          {apiKey.last_used_at ? (
            <>
              used <RelativeTime at={apiKey.last_used_at} />
            </>
          ) : (
            'never used'
          )}{' '}
          ·{' '}
          {apiKey.expires_at ? (
            <>
              expires <RelativeTime at={apiKey.expires_at} />
            </>
          ) : (
            'does not expire'
          )}
        </p>
      </div>
      <Button size="sm" onClick={onRevoke}>
        Revoke
      </Button>
    </li>
  )
}

function CreateKeyForm({ pending, onCreate }: Pick<ApiKeysViewProps, 'pending' | 'onCreate'>) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<GivenRoleName>('editor')
  const [days, setDays] = useState<number | null>(90)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await onCreate({ name, role, days })) setName('')
  }
  return (
    <Card>
      <CardHeader title="Make a key" />
      <form onSubmit={submit} className="grid items-end gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_9rem_11rem_auto]">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              required
              maxLength={200}
              placeholder="What it is for"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role">
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={(event) => setRole(GIVEN_ROLES.find((each) => each === event.target.value) ?? role)}
            >
              {GIVEN_ROLES.map((each) => (
                <option key={each} value={each}>
                  {each.charAt(0).toUpperCase() + each.slice(1)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Good for">
          {(control) => (
            <Select
              {...control}
              value={String(days)}
              onChange={(event) =>
                setDays(LIFETIMES.find((each) => String(each.days) === event.target.value)?.days ?? null)
              }
            >
              {LIFETIMES.map((each) => (
                <option key={each.label} value={String(each.days)}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={pending}>
          Make the key
        </Button>
      </form>
    </Card>
  )
}
