'use client'
import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { DropdownMenuProps } from './dropdown-menu.tsx'
import { floating } from './floating.ts'
import { Kbd } from './kbd.tsx'
import type { MenuEntry, MenuItem } from './menu-items.ts'

/** Opened as soon as it is there: it is fetched because somebody asked for it. */
export function DropdownMenuView({ trigger, items, header, align = 'end', side = 'bottom' }: DropdownMenuProps) {
  return (
    <Primitive.Root defaultOpen modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(
            floating,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 overflow-y-auto p-1',
          )}
        >
          {header && <div className="-mx-1 mb-1 border-b px-3 pt-1 pb-2">{header}</div>}
          {items.map((entry, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a menu have no other name
            <Entry key={i} entry={entry} />
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  if (entry === false) return null
  if (entry === null) return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />
  const { href, disabled = false, onSelect, checked, tone } = entry
  const look = clsx(
    'flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-[0.8125rem] outline-none select-none data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-hover',
    tone === 'bad' ? 'text-bad' : 'text-ink',
  )
  if (checked !== undefined) {
    return (
      <Primitive.CheckboxItem checked={checked} disabled={disabled} onSelect={onSelect} className={look}>
        <Content item={entry} />
        <Check aria-hidden="true" className={clsx('ms-auto size-4 text-accent-ink', !checked && 'invisible')} />
      </Primitive.CheckboxItem>
    )
  }
  return (
    <Primitive.Item disabled={disabled} onSelect={onSelect} asChild={href !== undefined} className={look}>
      {href === undefined ? (
        <Content item={entry} />
      ) : (
        <Link href={href}>
          <Content item={entry} />
        </Link>
      )}
    </Primitive.Item>
  )
}

function Content({ item: { icon: Icon, label, hint, keys } }: { readonly item: MenuItem }) {
  return (
    <>
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-subtle" />}
      <span className="min-w-0 flex-1">
        {label}
        {hint && <span className="block text-xs text-ink-subtle">{hint}</span>}
      </span>
      {keys && <Kbd keys={keys} className="ms-4" />}
    </>
  )
}
