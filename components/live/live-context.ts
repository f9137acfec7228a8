'use client'
import { createContext } from 'react'
import type { Live } from './live.ts'

/** Without a provider nothing ever happens: so in stories, and on pages outside the dashboard. */
export const LiveContext = createContext<Live>({
  start: () => () => {},
  subscribe: () => () => {},
  onConnection: () => () => {},
  connection: () => 'open',
})
