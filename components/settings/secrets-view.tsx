'use client'
import { KeyRound, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { SecretFacts } from '#lib/contracts/settings.ts'

export interface SecretsViewProps {
  readonly secrets: readonly SecretFacts[] | undefined
  readonly canWrite: boolean
  readonly pending: boolean
  readonly error: string | null
  readonly onSet: (name: string, value: string) => Promise<boolean>
  readonly onDelete: (name: string) => Promise<boolean>
}

export function SecretsView({ secrets, canWrite, pending, error, onSet, onDelete }: SecretsViewProps) {
  const [deleting, setDeleting] = useState<string | null>(null)
  return (
    <div className="grid gap-4">
      <p className="max-w-2xl text-sm text-ink-muted">
        Read as <code className="font-mono text-xs">secrets.NAME</code> or{' '}
        <code className="font-mono text-xs">env.NAME</code>, only where a step calls another system. Stored encrypted
        and never shown again, to nobody.
      </p>
      {error && !deleting && <Notice tone="bad">{error}</Notice>}
      <Card className="overflow-hidden">
        {!secrets && !error && <SkeletonRows rows={3} label="Loading secrets" />}
        {secrets?.length === 0 && (
          <EmptyState icon={KeyRound} title="No secrets yet">
            {canWrite ? 'Add the first one below.' : 'An admin can add some.'}
          </EmptyState>
        )}
        {secrets && secrets.length > 0 && (
          <Table label="Secrets">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>Kept</Th>
                <Th className="max-sm:hidden">Changed</Th>
                {canWrite && (
                  <Th>
                    <span className="sr-only">Actions</span>
                  </Th>
                )}
              </tr>
            </thead>
            <tbody>
              {secrets.map((secret) => (
                <Tr key={secret.name}>
                  <Td className="font-mono text-xs font-medium break-all">{secret.name}</Td>
                  <Td className="text-ink-muted [overflow-wrap:anywhere]">
                    {secret.source === 'stored' ? 'Encrypted here' : `As SCAFF_SECRET_${secret.name}`}
                  </Td>
                  <Td className="whitespace-nowrap text-ink-muted max-sm:hidden">
                    {secret.updated_at && <RelativeTime at={secret.updated_at} />}
                  </Td>
                  {canWrite && (
                    <Td className="text-right">
                      {secret.source === 'stored' && (
                        <Button
                          variant="ghost"
                          size="icon"
                          className="-my-1.5"
                          aria-label={`Delete ${secret.name}`}
                          title={`Delete ${secret.name}`}
                          onClick={() => setDeleting(secret.name)}
                        >
                          <Trash2 aria-hidden="true" />
                        </Button>
                      )}
                    </Td>
                  )}
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {canWrite && <SetSecretForm pending={pending} onSet={onSet} />}
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete ${deleting}?`}
        description="Workflows that read it fail until it is set again. Its value cannot be brought back."
        confirm="Delete the secret"
        pending={pending}
        error={error}
        onConfirm={() => {
          if (deleting) void onDelete(deleting).then((done) => done && setDeleting(null))
        }}
      />
    </div>
  )
}

function SetSecretForm({ pending, onSet }: Pick<SecretsViewProps, 'pending' | 'onSet'>) {
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await onSet(name, value))) return
    setName('')
    setValue('')
  }
  return (
    <Card>
      <CardHeader title="Set a secret" description="A name that exists gets the new value." />
      <form onSubmit={submit} className="grid items-end gap-3 p-4 sm:grid-cols-[12rem_minmax(0,1fr)_auto]">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              required
              pattern="[A-Za-z_][A-Za-z0-9_]{0,99}"
              title="Letters, digits and underscores, not beginning with a digit"
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              className="font-mono"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Value">
          {(control) => (
            <Input
              {...control}
              required
              type="password"
              autoComplete="new-password"
              className="font-mono"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={pending}>
          Set
        </Button>
      </form>
    </Card>
  )
}
