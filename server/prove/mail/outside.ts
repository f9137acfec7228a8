import { join } from 'node:path'
import { readLines } from '../lines.ts'
import { openServer } from '../process.ts'

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
  const files = { smtp: join(folder, 'smtp.jsonl'), api: join(folder, 'api.jsonl') }
  const [smtp, api] = await Promise.all([
    openServer('mail/smtp-server.ts', [files.smtp]),
    openServer('mail/api-server.ts', [files.api]),
  ])
  return {
    smtpPort: smtp.port,
    apiUrl: `http://127.0.0.1:${api.port}`,
    taken: () => readLines<Taken>(files.smtp),
    requested: () => readLines<Requested>(files.api),
    async close() {
      await Promise.all([smtp.close(), api.close()])
    },
  }
}
