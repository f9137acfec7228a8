import { FileQuestion } from 'lucide-react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function NotFound() {
  return (
    <EmptyState
      icon={FileQuestion}
      title="There is nothing here"
      action={<ButtonLink href="/workflows">Go to the workflows</ButtonLink>}
    >
      The address may be mistyped, or what stood here was deleted.
    </EmptyState>
  )
}
