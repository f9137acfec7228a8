import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'

/** The cross in the corner of dialogs and sheets. */
export function DialogClose() {
  return (
    <Dialog.Close
      aria-label="Close"
      className="-me-1.5 grid size-7 shrink-0 place-items-center rounded-md text-ink-subtle hover:bg-hover hover:text-ink"
    >
      <X aria-hidden="true" className="size-4" />
    </Dialog.Close>
  )
}
