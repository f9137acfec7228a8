import type { Loader } from '@storybook/nextjs-vite'
import { mswLoader } from 'msw-storybook-addon/csf3'
import type { ReactNode } from 'react'
import { DataProvider } from '#components/trpc.tsx'
import { handlers } from './handlers.ts'
import { Workspace } from './workspace.ts'

const startWorker = mswLoader()

/** Gives a story a server of its own that answers from the core. `prepare` fills its workspace. */
export function withBackend(prepare: (space: Workspace) => void | Promise<void>): Loader<unknown> {
  return async (context) => {
    // The add-on reads nothing of the arguments.
    await startWorker(context as Parameters<typeof startWorker>[0])
    const space = new Workspace()
    await prepare(space)
    context.msw.use(...handlers(space))
    return { space }
  }
}

/** What a feature needs around it: the data layer of the app. */
export function Feature({ children }: { readonly children: ReactNode }) {
  return <DataProvider>{children}</DataProvider>
}
