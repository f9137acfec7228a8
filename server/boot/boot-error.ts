/** Something a person must put right before Scaff can start. The message is the whole story; no stack is shown. */
export class BootError extends Error {
  override readonly name = 'BootError'
}
