import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** Scrolls by itself on narrow screens; the scroll area takes the keyboard's focus so that everybody can reach it. */
export function Table({ className, label, ...rest }: ComponentProps<'table'> & { readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className={clsx('w-full border-collapse text-left text-[0.8125rem]', className)} {...rest} />
    </section>
  )
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={clsx('border-b px-4 py-2 text-xs font-medium whitespace-nowrap text-ink-subtle', className)}
      {...rest}
    />
  )
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={clsx('border-b px-4 py-2.5 align-middle', className)} {...rest} />
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr className={clsx('transition-colors last:[&>td]:border-b-0 [tbody>&]:hover:bg-sunken', className)} {...rest} />
  )
}
