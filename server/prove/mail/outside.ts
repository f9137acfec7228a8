import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { source, startProcess } from '../process.ts'

/** A mail that the mail server took, as it kept it before its `250`. */
export interface Taken {
  readonly message_id: string
  /** The process that sent it. */
  readonly worker: string
  /** What its first link holds. */
  readonly token: string
}

/** A request that the API answered, as it kept it before. */
export interface Requested {
  readonly key: string
  readonly worker: string
  /** `created`: a mail went out. `known`: the key was, so none did. `other`: the key was, with another text. */
  readonly outcome: 'created' | 'known' | 'other'
}

/** The two ways by which mails go out: each a process with a file of its own. */
export interface Outside {
  readonly smtpPort: number
  readonly apiUrl: string
  taken(): readonly Taken[]
  requested(): readonly Requested[]
  close(): Promise<void>
}

export async function openOutside(folder: string): Promise<Outside> {
  const start = async (program: string, file: string) => {
    const child = startProcess(source(`mail/${program}`), [file])
    const [port]: unknown[] = await once(child, 'message')
    return { child, port: Number(port) }
  }
  const files = { smtp: join(folder, 'smtp.jsonl'), api: join(folder, 'api.jsonl') }
  const [smtp, api] = await Promise.all([start('smtp-server.ts', files.smtp), start('api-server.ts', files.api)])
  return {
    smtpPort: smtp.port,
    apiUrl: `http://127.0.0.1:${api.port}`,
    taken: () => readLines<Taken>(files.smtp),
    requested: () => readLines<Requested>(files.api),
    async close() {
      for (const { child } of [smtp, api]) {
        child.disconnect()
        await once(child, 'exit')
      }
    },
  }
}

/** What a process of the proof wrote line by line; it alone writes that file. */
export function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line))
}
