import { X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'

interface PutAwayProps {
  readonly onDismiss: () => void
  readonly className: string
}

/** The cross in a corner of the tour. */
export function PutAway({ onDismiss, className }: PutAwayProps) {
  const words = 'Put the tour away'
  return (
    <Button variant="ghost" size="icon" className={className} aria-label={words} title={words} onClick={onDismiss}>
      <X aria-hidden="true" />
    </Button>
  )
}
