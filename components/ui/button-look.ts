import { cva, type VariantProps } from 'class-variance-authority'

export const buttonLook = cva(
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
        wide: 'h-9 w-full px-3 text-sm',
        icon: 'size-8',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonLook = VariantProps<typeof buttonLook>
