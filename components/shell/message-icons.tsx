import { PlainIcon, type PlainIconProps } from '#components/ui/plain-icons.tsx'

/** Of the library's drawings, without its script: whole pages that say one thing are part of participants' routes. */
export function BanIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="M4.929 4.929 19.07 19.071" />
    </PlainIcon>
  )
}

export function CheckIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="m16 9-5.5 5.5L8 12" />
    </PlainIcon>
  )
}

export function CrossIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="m15 9-6 6" />
      <path d="m9 9 6 6" />
    </PlainIcon>
  )
}

export function ClockIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="M12 6v6l4 2" />
    </PlainIcon>
  )
}

export function HourglassIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M5 22h14" />
      <path d="M5 2h14" />
      <path d="M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22" />
      <path d="M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2" />
    </PlainIcon>
  )
}

export function BrokenLinkIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M9 17H7A5 5 0 0 1 7 7" />
      <path d="M15 7h2a5 5 0 0 1 4 8" />
      <line x1="8" x2="12" y1="12" y2="12" />
      <line x1="2" x2="22" y1="2" y2="22" />
    </PlainIcon>
  )
}

export function PencilIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M13 21h8" />
      <path d="m15 5 4 4" />
      <path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z" />
    </PlainIcon>
  )
}

export function PeopleIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2" />
      <path d="M16 3.128a4 4 0 0 1 0 7.744" />
      <path d="M22 21v-2a4 4 0 0 0-3-3.87" />
      <circle cx="9" cy="7" r="4" />
    </PlainIcon>
  )
}

export function QuestionIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z" />
      <path d="M9 9.5a3 2.5 0 016 0c0 2-2 2-3 3.5" />
      <path d="M12 17h.01" />
    </PlainIcon>
  )
}
