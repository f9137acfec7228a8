import { parentPort, workerData } from 'node:worker_threads'
import type { PortionTask } from './fuzz.ts'
import { fuzzPortion } from './portion.ts'

/** The entry of a thread that may hang, because the process that watches it does not. */
const { at, ...range }: PortionTask = workerData
parentPort?.postMessage(
  fuzzPortion(range, (index) => {
    at[0] = index
  }),
)
