'use client'
import { Braces, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Constant, SetConstant } from '#lib/contracts/settings.ts'
import type { Json } from '#lib/json.ts'

export interface ConstantsViewProps {
  readonly constants: readonly Constant[] | undefined
  readonly canWrite: boolean
  readonly pending: boolean
  readonly error: string | null
  /** Answers whether it was saved. */
  readonly onSet: (constant: SetConstant) => Promise<boolean>
  readonly onDelete: (name: string) => void
}

export function ConstantsView({ constants, canWrite, pending, error, onSet, onDelete }: ConstantsViewProps) {
  return (
    <div className="grid gap-4">
      <p className="max-w-2xl text-sm text-ink-muted">
        Values every workflow can read as <code className="font-mono text-xs">static.name</code>; a workflow’s own{' '}
        <code className="font-mono text-xs">static:</code> wins over them. A change counts for runs started after it.
      </p>
      {error && <Notice tone="bad">{error}</Notice>}
      <Card className="overflow-hidden">
        {!constants && !error && <SkeletonRows rows={3} label="Loading constants" />}
        {constants?.length === 0 && (
          <EmptyState icon={Braces} title="No constants yet">
            {canWrite ? 'Add the first one below.' : 'An admin can add some.'}
          </EmptyState>
        )}
        {constants && constants.length > 0 && (
          <Table label="Constants">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>Value</Th>
                <Th className="max-sm:hidden">Changed</Th>
                {canWrite && (
                  <Th>
                    <span className="sr-only">Actions</span>
                  </Th>
                )}
              </tr>
            </thead>
            <tbody>
              {constants.map((constant) => (
                <Tr key={constant.name}>
                  <Td className="font-mono text-xs font-medium">{constant.name}</Td>
                  <Td className="w-full max-w-0">
                    {constant.sensitive ? (
                      <Badge>Sensitive, not shown</Badge>
                    ) : (
                      <code className="block truncate font-mono text-xs" title={shown(constant.value)}>
                        {shown(constant.value)}
                      </code>
                    )}
                  </Td>
                  <Td className="whitespace-nowrap text-ink-muted max-sm:hidden">
                    <RelativeTime at={constant.updated_at} />
                  </Td>
                  {canWrite && (
                    <Td className="text-right">
                      <Button
                        variant="ghost"
                        size="icon"
                        className="-my-1.5"
                        aria-label={`Delete ${constant.name}`}
                        title={`Delete ${constant.name}`}
                        disabled={pending}
                        onClick={() => onDelete(constant.name)}
                      >
                        <Trash2 aria-hidden="true" />
                      </Button>
                    </Td>
                  )}
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {canWrite && <SetConstantForm pending={pending} onSet={onSet} />}
    </div>
  )
}

function SetConstantForm({ pending, onSet }: Pick<ConstantsViewProps, 'pending' | 'onSet'>) {
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [sensitive, setSensitive] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await onSet({ name, value: readValue(value), sensitive }))) return
    setName('')
    setValue('')
    setSensitive(false)
  }
  return (
    <Card>
      <CardHeader title="Set a constant" description="A name that exists gets the new value." />
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
              type={sensitive ? 'password' : 'text'}
              autoComplete="off"
              className="font-mono"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={pending}>
          Set
        </Button>
        <label
          htmlFor="constant-sensitive"
          className="flex min-h-6 items-center gap-2 text-[0.8125rem] text-ink-muted sm:col-span-3"
        >
          <Checkbox
            id="constant-sensitive"
            checked={sensitive}
            onChange={(event) => setSensitive(event.target.checked)}
          />
          Sensitive: never shown again, and allowed only where secrets are
        </label>
      </form>
    </Card>
  )
}

/** Numbers, lists and objects are written as JSON; everything else is the text it looks like. */
export function readValue(text: string): Json {
  const trimmed = text.trim()
  if (!/^(-?\d|\[|\{|true$|false$)/.test(trimmed)) return text
  try {
    const value = JSON.parse(trimmed) as Json
    // A number that would not come back as it was typed, e.g. a long account number, stays a text.
    return typeof value === 'number' && String(value) !== trimmed ? text : value
  } catch {
    // Not JSON after all, e.g. `2026-03-01` or `{{…`: then it is a text.
    return text
  }
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
