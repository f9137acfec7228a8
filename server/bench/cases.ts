import { expressionsCase } from './cases/expressions.ts'
import { finishedCase } from './cases/finished.ts'
import { idleCase } from './cases/idle.ts'
import { languageCase } from './cases/language.ts'
import { loopCase } from './cases/loop.ts'
import { memoryCase } from './cases/memory.ts'
import { s10Case, s10PureCase } from './cases/s10.ts'
import { signalCase } from './cases/signal.ts'
import { startCase } from './cases/start.ts'
import { timersCase } from './cases/timers.ts'
import { waitingCase } from './cases/waiting.ts'
import { workersCase } from './cases/workers.ts'
import type { Measure } from './kit/bench.ts'

/** Every case by the name it is asked by, in the order in which they are measured. */
export const CASES: Readonly<Record<string, Measure>> = {
  S10: s10Case,
  'S10-pure': s10PureCase,
  IDLE: idleCase,
  W: signalCase,
  START: startCase,
  T: timersCase,
  L: waitingCase,
  'L-finished': finishedCase,
  N: workersCase,
  RSS: memoryCase,
  LOOP: loopCase,
  language: languageCase,
  expressions: expressionsCase,
}
