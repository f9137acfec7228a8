import type { Endpoint } from './endpoint.ts'

/** Every REST operation: what the OpenAPI document describes and what the access matrix is generated from. */
export const endpoints: readonly Endpoint[] = []
