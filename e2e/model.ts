import { createServer } from 'node:http'

/** A model server that speaks the chat-completions protocol, and thinks as long as the test lets it. */
export interface Model {
  readonly url: string
  /** `Idempotency-Key` of each request, in order. */
  readonly asked: readonly string[]
  /** Lets every request that waits, and all later ones, be answered. */
  answer(): void
  close(): Promise<void>
}

export async function startModel(content: object): Promise<Model> {
  const asked: string[] = []
  let answer: () => void = () => {}
  const allowed = new Promise<void>((resolve) => {
    answer = resolve
  })
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', async () => {
      asked.push(String(request.headers['idempotency-key']))
      await allowed
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 0,
          model: 'local-1',
          choices: [
            { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: JSON.stringify(content) } },
          ],
          usage: { prompt_tokens: 40, completion_tokens: 60, total_tokens: 100 },
        }),
      )
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    asked,
    answer: () => answer(),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
