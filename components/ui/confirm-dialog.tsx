'use client'
import { onDemand } from './on-demand.tsx'

export const ConfirmDialog = onDemand(async () => (await import('./confirm-dialog-view.tsx')).ConfirmDialogView)
