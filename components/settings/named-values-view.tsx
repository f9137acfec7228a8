'use client'
import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { Trash2 } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'

/** One line of the table, however its value is kept. */
export interface NamedValue {
  readonly name: string
  /** What may be shown of it. */
  readonly shown: ReactNode
  readonly updated_at: string | null
  readonly deletable: boolean
}

interface NamedValuesViewProps {
  readonly icon: LucideIcon
  /** What they are called in running text: one, and several. */
  readonly noun: readonly [one: string, several: string]
  readonly intro: ReactNode
  /** What follows from deleting one. */
  readonly deleting: string
  readonly column: string
  readonly values: readonly NamedValue[] | undefined
  readonly canWrite: boolean
  readonly pending: boolean
  readonly error: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  readonly secret: boolean
  readonly onSet: (name: string, value: string) => Promise<boolean>
  readonly onDelete: (name: string) => Promise<boolean>
  /** Further choices of the form. */
  readonly children?: ReactNode
}

/** Names and their values: a table, a form that sets one, and a question before one goes. */
export function NamedValuesView(props: NamedValuesViewProps) {
  const { icon, noun, intro, deleting: follows, values, canWrite, pending, error, onDelete } = props
  const [one, several] = noun
  const [deleting, setDeleting] = useState<string | null>(null)
  return (
    <div className="grid gap-4">
      <p className="max-w-2xl text-sm text-pretty text-ink-muted">{intro}</p>
      {deleting === null && <Failure error={error} onRetry={props.onRetry} />}
      {canWrite && <SetForm {...props} />}
      <Card className={clsx('overflow-hidden', error && !values && 'hidden')}>
        {!values && !error && <SkeletonRows rows={3} label={`Loading ${several}`} />}
        {values?.length === 0 && (
          <EmptyState icon={icon} title={`No ${several} yet`}>
            {canWrite ? 'The first one is a name and a value away.' : 'An admin can set some.'}
          </EmptyState>
        )}
        {values && values.length > 0 && <ValuesTable {...props} values={values} onAsk={setDeleting} />}
      </Card>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete ${deleting}?`}
        description={follows}
        confirm={`Delete the ${one}`}
        pending={pending}
        error={error}
        onConfirm={() => {
          if (deleting !== null) void onDelete(deleting).then((done) => done && setDeleting(null))
        }}
      />
    </div>
  )
}

interface ValuesTableProps extends Pick<NamedValuesViewProps, 'noun' | 'column' | 'canWrite' | 'pending'> {
  readonly values: readonly NamedValue[]
  readonly onAsk: (name: string) => void
}

function ValuesTable({ noun: [, several], column, values, canWrite, pending, onAsk }: ValuesTableProps) {
  return (
    <Table label={several.charAt(0).toUpperCase() + several.slice(1)}>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>{column}</Th>
          <Th className="max-sm:hidden">Changed</Th>
          {canWrite && (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </thead>
      <tbody>
        {values.map(({ name, shown, updated_at, deletable }) => (
          <Tr key={name}>
            <Td className="min-w-28 max-w-44 font-mono text-xs font-medium [overflow-wrap:anywhere]">{name}</Td>
            <Td className="w-full max-w-0 text-ink-muted">{shown}</Td>
            <Td className="whitespace-nowrap text-ink-muted max-sm:hidden">
              {updated_at && <RelativeTime at={updated_at} />}
            </Td>
            {canWrite && (
              <Td className="text-end">
                {deletable && (
                  <Button
                    variant="ghost"
                    size="icon"
                    className="-my-1.5"
                    aria-label={`Delete ${name}`}
                    title={`Delete ${name}`}
                    disabled={pending}
                    onClick={() => onAsk(name)}
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
  )
}

type SetFormProps = Pick<NamedValuesViewProps, 'noun' | 'pending' | 'secret' | 'onSet' | 'children'>

function SetForm({ noun: [one], pending, secret, onSet, children }: SetFormProps) {
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
      <CardHeader title={`Set a ${one}`} description="A name that exists gets the new value." />
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
              type={secret ? 'password' : 'text'}
              autoComplete={secret ? 'new-password' : 'off'}
              className="font-mono"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={pending}>
          Set
        </Button>
        {children}
      </form>
    </Card>
  )
}
