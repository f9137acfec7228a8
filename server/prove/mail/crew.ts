import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { hire } from '../hired.ts'
import { endProcess } from '../process.ts'
import type { Point } from './points.ts'

export interface Crew {
  /** Processes that were killed. */
  readonly killed: ReadonlySet<string>
  readonly troubles: readonly string[]
  /** Resolves when all that were to be killed were, and those who finish the work are there. */
  readonly through: Promise<unknown>
  close(): Promise<void>
}

export interface CrewOptions {
  /** The program of a worker. */
  readonly program: string
  /** What each process is told besides its name, in order: what comes before it, and what after. */
  readonly url: string
  readonly told: readonly string[]
  readonly size: number
  /** How each one ends: at a point of its own, or (null) killed from outside at a random moment. */
  readonly deaths: readonly (Point | null)[]
}

/** How long one may take to come to its point. */
const PATIENCE_MS = 30_000
/** How long one lives at most that is killed from outside, from when it is ready. */
const LIFE_MS = 1_000

/** Worker processes in so many places. Each is killed and replaced under the name of its place, as a supervisor does. */
export function openCrew({ program, url, told, size, deaths }: CrewOptions): Crew {
  const killed = new Set<string>()
  const troubles: string[] = []
  const living = new Set<ChildProcess>()
  const left = [...deaths]
  let born = 0
  let closing = false

  const employ = (place: number, point: Point | null) => {
    const instance = `mailer${++born}`
    const args = [url, `wrk_place${place}`, instance, ...told, point ?? '']
    const hired = hire(program, args, (trouble) => troubles.push(`${instance}: ${trouble}`))
    living.add(hired.child)
    hired.child.once('exit', () => living.delete(hired.child))
    return { instance, ...hired }
  }
  const work = async (place: number): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) {
      const { instance, child, ready, exited } = employ(place, point)
      killed.add(instance)
      if (point === null) {
        await ready
        await pause(randomInt(LIFE_MS))
        child.kill('SIGKILL')
      }
      const late = setTimeout(() => {
        troubles.push(`${instance} never came to its point: ${point}`)
        child.kill('SIGKILL')
      }, PATIENCE_MS)
      await exited
      clearTimeout(late)
    }
    if (!closing) await employ(place, null).ready
  }
  return {
    killed,
    troubles,
    through: Promise.all(Array.from({ length: size }, (_, place) => work(place))),
    async close() {
      closing = true
      left.length = 0
      await Promise.all([...living].map((child) => endProcess(child)))
    },
  }
}
