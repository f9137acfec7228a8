'use client'
import { ThemeProvider as Provider } from 'next-themes'
import type { ReactNode } from 'react'

/**
 * Sets the chosen theme before the first paint; its inline script carries the page's CSP nonce. Pages for people without
 * an account do without it and follow the system.
 */
export function ThemeProvider({ nonce, children }: { readonly nonce?: string; readonly children: ReactNode }) {
  return (
    <Provider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </Provider>
  )
}
