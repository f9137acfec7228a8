import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** The part that reads the text is gone; what can still be done without it is said at once. */
export function NotChecked({ onReload }: { readonly onReload: () => void }) {
  return (
    <Notice
      tone="warn"
      title="The text is not being checked"
      action={
        <Button size="sm" onClick={onReload}>
          Reload
        </Button>
      }
    >
      The part of this page that reads it has stopped, so problems, graph and completion are missing. You can go on
      writing and save: the server checks what it is given.
    </Notice>
  )
}
