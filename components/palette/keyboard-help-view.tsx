'use client'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { SheetView } from '#components/ui/sheet-view.tsx'

export interface ShortcutGroup {
  readonly label: string
  readonly shortcuts: readonly { readonly label: string; readonly keys: readonly string[] }[]
}

export interface KeyboardHelpViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly groups: readonly ShortcutGroup[]
  readonly singleKeys: boolean
  readonly onSingleKeys: (on: boolean) => void
}

export function KeyboardHelpView({ open, onOpenChange, groups, singleKeys, onSingleKeys }: KeyboardHelpViewProps) {
  return (
    <SheetView open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="grid gap-6">
        {groups.map((group) => (
          <section key={group.label}>
            <h3 className="mb-1 text-xs font-medium text-ink-subtle">{group.label}</h3>
            <dl className="divide-y text-[0.8125rem]">
              {group.shortcuts.map(({ label, keys }) => (
                <div key={label} className="flex items-center justify-between gap-4 py-1.5">
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <label
          htmlFor="single-keys"
          className="flex cursor-pointer gap-2.5 rounded-md border bg-sunken p-3 text-[0.8125rem]"
        >
          <Checkbox
            id="single-keys"
            className="mt-0.5"
            checked={singleKeys}
            onChange={(event) => onSingleKeys(event.target.checked)}
          />
          <span>
            <span className="font-medium">Shortcuts of single letters</span>
            <span className="block text-ink-muted">
              Switch them off if you dictate or press keys by accident. Those with Ctrl or ⌘ stay. This browser
              remembers it.
            </span>
          </span>
        </label>
      </div>
    </SheetView>
  )
}
