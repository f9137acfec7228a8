'use client'
import { ThemeProvider as Provider } from 'next-themes'
import type { ReactNode } from 'react'

/** Sets the theme before the first paint; its inline script carries the page's CSP nonce. */
export function ThemeProvider({ nonce, children }: { readonly nonce?: string; readonly children: ReactNode }) {
  return (
    <Provider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </Provider>
  )
}
