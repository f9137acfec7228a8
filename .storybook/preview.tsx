import type { Preview } from '@storybook/nextjs-vite'
import axe from 'axe-core'
import { useEffect } from 'react'
import '../app/globals.css'
import { fontVariables } from '../app/fonts.ts'

type Theme = 'light' | 'dark'

function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}

/** Run as tests, stories stand still: what comes in by an animation would be judged while it is half there. */
const isTest = () => '__vitest_browser__' in window

const preview: Preview = {
  beforeAll() {
    if (!isTest()) return
    const still = document.createElement('style')
    still.textContent = '*, ::before, ::after { animation: none !important }'
    document.head.append(still)
  },
  parameters: {
    layout: 'fullscreen',
    nextjs: { appDirectory: true },
    a11y: { test: 'error' },
    controls: { disable: true },
  },
  initialGlobals: { theme: 'light' satisfies Theme },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: { icon: 'contrast', items: ['light', 'dark'] satisfies Theme[], dynamicTitle: true },
    },
  },
  decorators: [
    (Story, { globals, parameters }) => {
      const theme: Theme = globals.theme === 'dark' ? 'dark' : 'light'
      useEffect(() => {
        document.documentElement.className = fontVariables
        document.documentElement.lang = 'en'
        setTheme(theme)
      }, [theme])
      return parameters.bare ? (
        <Story />
      ) : (
        <main className="mx-auto max-w-6xl p-6">
          <Story />
        </main>
      )
    },
  ],
  // In the test run the add-on looks at the light theme; contrast is the one thing that differs in the dark one.
  async afterEach() {
    if (!isTest()) return
    const still = document.createElement('style')
    still.textContent = '* { transition: none !important }'
    document.head.append(still)
    setTheme('dark')
    try {
      const { violations } = await axe.run(document.body, { runOnly: ['color-contrast'] })
      const found = violations.flatMap(({ nodes }) =>
        nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
      )
      if (found.length > 0) throw new Error(`Too little contrast in the dark theme:\n${found.join('\n\n')}`)
    } finally {
      still.remove()
      setTheme('light')
    }
  },
}

export default preview
