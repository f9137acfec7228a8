'use client'
import { useMutation } from '@tanstack/react-query'
import { Check, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { UnknownEffect } from '#lib/contracts/run-lineage.ts'
import type { EffectChoice } from './effect-words.ts'

const EffectDialog = lazyPart(async () => (await import('./effect-dialog.tsx')).EffectDialog)

interface RunEffectProps {
  readonly runId: string
  readonly effect: UnknownEffect
  readonly onDone: () => Promise<void>
}

/** The three things that can be said of an effect of which nobody knows; each is asked once more. */
export function RunEffect({ runId, effect, onDone }: RunEffectProps) {
  const [choice, setChoice] = useState<EffectChoice | null>(null)
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" onClick={() => setChoice('done')}>
        <Check aria-hidden="true" />
        It happened…
      </Button>
      <Button size="sm" onClick={() => setChoice('fail')}>
        <X aria-hidden="true" />
        It failed…
      </Button>
      <Button size="sm" onClick={() => setChoice('repeat')}>
        <RotateCcw aria-hidden="true" />
        Send it again…
      </Button>
      {choice && (
        <Resolve runId={runId} effect={effect} choice={choice} onDone={onDone} onClose={() => setChoice(null)} />
      )}
    </div>
  )
}

interface ResolveProps extends RunEffectProps {
  readonly choice: EffectChoice
  readonly onClose: () => void
}

function Resolve({ runId, effect, choice, onDone, onClose }: ResolveProps) {
  const trpc = useTRPC()
  const resolve = useMutation(trpc.runs.resolveEffect.mutationOptions({ onSuccess: () => onDone().then(onClose) }))
  return (
    <OnDemand open>
      <EffectDialog
        choice={choice}
        onClose={onClose}
        pending={resolve.isPending}
        error={errorSentence(resolve.error)}
        onResolve={(body) => resolve.mutate({ id: runId, effect_id: effect.effect_id, body })}
      />
    </OnDemand>
  )
}
