import { GeistSans } from 'geist/font/sans'
import localFont from 'next/font/local'

/** Only code is set in it, so it is not worth a preload on pages that show none. */
const mono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  preload: false,
})

export const fontVariables = `${GeistSans.variable} ${mono.variable}`
