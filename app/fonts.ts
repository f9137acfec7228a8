import localFont from 'next/font/local'

/** Geist, from its package and not from a network. */
const sans = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
})

/** Only code is set in it, so it is not worth a preload on pages that show none. */
const mono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  preload: false,
})

export const fontVariables = `${sans.variable} ${mono.variable}`
