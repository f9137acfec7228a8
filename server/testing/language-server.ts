import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '#server/boot/root.ts'

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** What the server finds in a text; lines and characters count from 0. */
export interface Finding {
  readonly message: string
  readonly severity?: number
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

interface Completion {
  readonly label: string
  readonly documentation?: string | { readonly value: string }
}

/** An ordinary YAML language server, as editors run it, spoken to over its protocol. */
export class YamlLanguageServer {
  readonly #process: ChildProcess
  readonly #pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  readonly #findings = new Map<string, (findings: readonly Finding[]) => void>()
  #unread = Buffer.alloc(0)
  #last = 0

  private constructor(process: ChildProcess) {
    this.#process = process
    process.stdout?.on('data', (chunk: Buffer) => this.#receive(chunk))
    process.on('exit', (code) => {
      for (const { reject } of this.#pending.values()) reject(new Error(`The language server ended with ${code}.`))
    })
  }

  static async start(): Promise<YamlLanguageServer> {
    const program = join(projectRoot(), 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server')
    const server = new YamlLanguageServer(
      spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] }),
    )
    await server.#ask('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
    server.#tell('initialized', {})
    const settings = { yaml: { validate: true, completion: true, hover: true, schemaStore: { enable: false } } }
    server.#tell('workspace/didChangeConfiguration', { settings })
    return server
  }

  /** Opens a text and answers with all that is found in it. */
  async open(uri: string, text: string): Promise<readonly Finding[]> {
    const found = new Promise<readonly Finding[]>((resolve) => this.#findings.set(uri, resolve))
    this.#tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } })
    return found
  }

  async complete(uri: string, line: number, character: number): Promise<readonly Completion[]> {
    const answer = await this.#ask('textDocument/completion', { textDocument: { uri }, position: { line, character } })
    return (Array.isArray(answer) ? answer : (answer as { items: Completion[] }).items) as Completion[]
  }

  async hover(uri: string, line: number, character: number): Promise<string> {
    const answer = await this.#ask('textDocument/hover', { textDocument: { uri }, position: { line, character } })
    return JSON.stringify((answer as { contents?: unknown } | null)?.contents ?? '')
  }

  stop(): void {
    this.#process.kill()
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#send({ id, method, params })
    })
  }

  #tell(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #receive(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk])
    for (;;) {
      const head = this.#unread.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/Content-Length: (\d+)/i.exec(this.#unread.toString('utf8', 0, head))?.[1])
      const end = head + 4 + length
      if (this.#unread.length < end) return
      const message = JSON.parse(this.#unread.toString('utf8', head + 4, end)) as Message
      this.#unread = this.#unread.subarray(end)
      this.#handle(message)
    }
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: Finding[] }
      this.#findings.get(uri)?.(diagnostics)
      // What an editor is asked for (its settings, leave to register something) is answered with nothing.
    } else if (method !== undefined && id !== undefined) {
      const items = method === 'workspace/configuration' ? (params as { items: unknown[] }).items.map(() => ({})) : null
      this.#send({ id, result: items })
    } else if (typeof id === 'number') {
      const pending = this.#pending.get(id)
      this.#pending.delete(id)
      if (error) pending?.reject(new Error(error.message))
      else pending?.resolve(result)
    }
  }
}
