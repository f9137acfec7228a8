import { FileQuestion } from 'lucide-react'
import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <EmptyState icon={FileQuestion} title="There is nothing here" action={<ButtonLink href="/">Go home</ButtonLink>}>
      The address may be mistyped, what stood here was deleted, or your account may not see it.
    </EmptyState>
  )
}
