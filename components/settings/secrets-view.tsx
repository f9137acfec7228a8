'use client'
import { KeyRound } from 'lucide-react'
import type { SecretFacts } from '#lib/contracts/settings.ts'
import { NamedValuesView } from './named-values-view.tsx'

export interface SecretsViewProps {
  readonly secrets: readonly SecretFacts[] | undefined
  readonly canWrite: boolean
  readonly pending: boolean
  readonly error: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  readonly onSet: (name: string, value: string) => Promise<boolean>
  readonly onDelete: (name: string) => Promise<boolean>
}

export function SecretsView({ secrets, ...rest }: SecretsViewProps) {
  return (
    <NamedValuesView
      icon={KeyRound}
      noun={['secret', 'secrets']}
      intro={
        <>
          Read as <code className="font-mono text-xs">secrets.NAME</code> or{' '}
          <code className="font-mono text-xs">env.NAME</code>, only where a step calls another system. Stored encrypted
          and never shown again.
        </>
      }
      deleting="Workflows that read it fail until it is set again. Its value cannot be brought back."
      column="Kept"
      values={secrets?.map(({ name, source, updated_at }) => ({
        name,
        shown: (
          <span className="[overflow-wrap:anywhere]">
            {source === 'stored' ? 'Encrypted here' : `As SCAFF_SECRET_${name}`}
          </span>
        ),
        updated_at,
        deletable: source === 'stored',
      }))}
      secret
      {...rest}
    />
  )
}
