'use client'
import { lazyPart } from '#components/ui/lazy-part.ts'

export const OnDemandDiff = lazyPart(async () => (await import('./text-diff-view.tsx')).TextDiffView)
