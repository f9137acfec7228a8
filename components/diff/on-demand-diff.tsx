'use client'
import { lazy } from 'react'

export const OnDemandDiff = lazy(async () => ({ default: (await import('./text-diff-view.tsx')).TextDiffView }))
