'use client'
import { createContext, useContext } from 'react'
import type { GraphProps } from './graph-props.ts'

/** What nodes and edges show beside their place; apart from the layout, so that a new mark moves nothing. */
export interface CanvasState extends Omit<GraphProps, 'graph'> {
  readonly start: string
  /** Ids of the steps as the arrow keys go. */
  readonly order: readonly string[]
  /** The step that Tab comes to. */
  readonly active: string
  /** `move`: brings it into view and takes the focus. */
  readonly onActive: (step: string, move: boolean) => void
  /** Answers true once after a move by key. */
  readonly takeFocus: () => boolean
}

const Context = createContext<CanvasState | null>(null)

export const CanvasStateProvider = Context.Provider

export function useCanvasState(): CanvasState {
  const state = useContext(Context)
  if (state === null) throw new Error('A part of the graph is used outside of it.')
  return state
}
