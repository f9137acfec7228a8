import type { Instrumentation } from 'next'
import { findApp } from '#server/api/app.ts'

/** Defects of pages and routes that nobody caught. */
export const onRequestError: Instrumentation.onRequestError = (error, { method }, { routePath, routeType }) => {
  findApp()?.log.error({ err: error, method, route: routePath, kind: routeType }, 'request failed')
}
