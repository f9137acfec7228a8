export interface PlainIconProps {
  readonly className: string
}

/**
 * Lucide's circle-alert and chevron-down as plain SVG: controls stand on participants' forms too, which have a budget of
 * script that leaves no room for the icon library.
 */
export function AlertIcon({ className }: PlainIconProps) {
  return (
    <PlainIcon className={className}>
      <circle cx="12" cy="12" r="10" />
      <path d="M12 8v4M12 16h.01" />
    </PlainIcon>
  )
}

export function ChevronDownIcon({ className }: PlainIconProps) {
  return (
    <PlainIcon className={className}>
      <path d="m6 9 6 6 6-6" />
    </PlainIcon>
  )
}

export function PlainIcon({ className, children }: PlainIconProps & { readonly children: React.ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      {children}
    </svg>
  )
}
