'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { Textarea } from '#components/ui/textarea.tsx'

export interface ReassignViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** Whose places may be given away: the first is the usual one. */
  readonly places: readonly string[]
  /** Who is signed in. */
  readonly own: boolean
  readonly pending: boolean
  readonly error: string | null
  readonly onReassign: (input: { readonly from: string; readonly to: string; readonly comment: string }) => void
}

/** Gives a place to somebody else, who is asked by mail. */
export function ReassignView({ open, onOpenChange, places, own, pending, error, onReassign }: ReassignViewProps) {
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const to = text('to')
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to)) {
      setWrong(to === '' ? 'Say who is to be asked' : 'This is not an e-mail address')
      document.getElementById('reassign-to')?.focus()
      return
    }
    if (!pending) onReassign({ from: text('from') || (places[0] ?? ''), to, comment: text('comment') })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Ask somebody else"
      description={
        own
          ? 'They get a mail and decide in your place. Your own link stops working.'
          : 'They get a mail and decide in that place. The link mailed before stops working.'
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        {error && <Notice tone="bad">{error}</Notice>}
        {places.length > 1 ? (
          <Field label="In place of">
            {(control) => (
              <Select {...control} name="from">
                {places.map((place) => (
                  <option key={place} value={place}>
                    {place}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <p className="text-sm text-ink-muted">
            In place of <span className="font-medium [overflow-wrap:anywhere] text-ink">{places[0]}</span>
          </p>
        )}
        <Field id="reassign-to" label="E-mail of whoever is asked instead" error={wrong}>
          {(control) => (
            <Input
              {...control}
              name="to"
              type="email"
              autoComplete="email"
              spellCheck={false}
              aria-required
              onChange={() => setWrong(null)}
            />
          )}
        </Field>
        <Field label="Why" optional help="Stands in the history of the run.">
          {(control) => <Textarea {...control} name="comment" rows={2} maxLength={2_000} dir="auto" />}
        </Field>
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" aria-disabled={pending || undefined}>
            {pending ? 'Sending…' : 'Reassign'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
