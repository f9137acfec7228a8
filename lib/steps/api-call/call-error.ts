/** A call that cannot be made as it is written, or whose answer does not count. Caught by the executor, never thrown out of it. */
export class CallError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'CallError'
    this.code = code
  }
}
