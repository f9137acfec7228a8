import { cva, type VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-on shadow-raised hover:bg-accent-hover',
        secondary: 'border border-control/60 bg-surface text-ink shadow-raised hover:bg-hover',
        ghost: 'text-ink-muted hover:bg-hover hover:text-ink',
        danger: 'bg-bad-fill text-white shadow-raised hover:brightness-90',
      },
      size: {
        sm: 'h-7 px-2 text-[0.8125rem]',
        md: 'h-8 px-3 text-sm',
        lg: 'h-11 px-5 text-base',
        icon: 'size-8',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

type Look = VariantProps<typeof button>

export type ButtonProps = ComponentProps<'button'> & Look

export function Button({ className, variant, size, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cn(button({ variant, size }), className)} {...rest} />
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function ButtonLink({ className, variant, size, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={cn(button({ variant, size }), className)} {...rest} />
}
