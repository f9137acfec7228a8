import type { WorkerPorts } from './parts.ts'

const absent = (what: string) => () => Promise.reject(new Error(`this test uses no ${what}`))

/** Ports of a worker whose steps are scripted: anything of the outside world that is used all the same fails loudly. */
export const testPorts: Omit<WorkerPorts, 'executors'> = {
  ai: { generate: absent('model') },
  http: { request: absent('network') },
  schemas: { validate: absent('schema') },
  prompts: { get: absent('prompt') },
  secrets: async () => ({}),
  sensitiveConstants: async () => ({}),
  redact: (value) => value,
  child: absent('workflow'),
  deliver: async () => ({ ok: true }),
}
