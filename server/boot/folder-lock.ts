import { setTimeout as pause } from 'node:timers/promises'
import { BootError } from './boot-error.ts'
import type { DataFolder } from './data-folder.ts'
import { type Held, tryLock } from './lock.mjs'
import type { Say } from './say.ts'

/** A supervisor holds the folder while it runs, a command only for a moment. */
const SUPERVISOR = 'start'
const COMMAND = 'command'

/** For a supervisor: waits for a command to finish, refuses beside another supervisor. */
export async function holdFolder(data: DataFolder, say: Say): Promise<Held> {
  for (let told = false; ; told = true) {
    const answer = tryLock(data.lock, SUPERVISOR)
    if (answer.taken) return answer
    const { pid, role, since } = answer.holder
    if (role === SUPERVISOR) {
      throw new BootError(
        `Scaff is already running on the data folder ${data.path} (process ${pid}, since ${since}). Stop that one first, or set SCAFF_DATA_DIR and PORT for a second.`,
      )
    }
    if (!told) say(`waiting for a command to finish (process ${pid})`)
    await pause(50)
  }
}

/** For a command: the folder for itself, or null when a supervisor runs, whose database it uses then. */
export async function holdFolderBriefly(data: DataFolder): Promise<Held | null> {
  for (;;) {
    const answer = tryLock(data.lock, COMMAND)
    if (answer.taken) return answer
    if (answer.holder.role === SUPERVISOR) return null
    await pause(50)
  }
}
