import type { Config } from 'tailwindcss'

/** Names for the tokens of app/globals.css, where their values for both themes stand. */
const token = (name: string) => `var(--${name})`

export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}', './stories/**/*.{ts,tsx}'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        canvas: token('canvas'),
        surface: token('surface'),
        sunken: token('sunken'),
        hover: token('hover'),
        line: token('line'),
        control: token('control'),
        ink: { DEFAULT: token('ink'), muted: token('ink-muted'), subtle: token('ink-subtle') },
        accent: {
          DEFAULT: token('accent'),
          hover: token('accent-hover'),
          ink: token('accent-ink'),
          on: token('accent-on'),
          soft: token('accent-soft'),
        },
        good: { DEFAULT: token('good'), soft: token('good-soft') },
        warn: { DEFAULT: token('warn'), soft: token('warn-soft'), line: token('warn-line') },
        bad: { DEFAULT: token('bad'), fill: token('bad-fill'), soft: token('bad-soft'), line: token('bad-line') },
        info: { DEFAULT: token('info'), soft: token('info-soft') },
      },
      fontFamily: {
        sans: ['var(--font-geist-sans)', 'ui-sans-serif', 'system-ui', 'sans-serif'],
        mono: ['var(--font-geist-mono)', 'ui-monospace', 'SFMono-Regular', 'Menlo', 'monospace'],
      },
      boxShadow: {
        raised: '0 1px 2px var(--shadow)',
        float: '0 4px 12px var(--shadow), 0 16px 40px var(--shadow)',
      },
      borderRadius: { md: '6px', lg: '8px', xl: '12px' },
    },
  },
} satisfies Config
