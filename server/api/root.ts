import { router } from './trpc.ts'

/** All that the browser calls: one router per noun. */
export const appRouter = router({})

export type AppRouter = typeof appRouter
