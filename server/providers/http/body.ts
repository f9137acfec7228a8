import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { EgressError, fromNetwork } from './egress-error.ts'

const DECODERS: Readonly<Record<string, (data: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>>> =
  {
    gzip: promisify(gunzip),
    'x-gzip': promisify(gunzip),
    deflate: promisify(inflate),
    br: promisify(brotliDecompress),
  }

/** Reads a body whole, never more than `max` bytes of it, before and after decompression. */
export async function readBody(
  answer: Dispatcher.ResponseData,
  max: number,
  host: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of answer.body) {
      size += chunk.length
      if (size > max) throw tooLarge(host, max)
      chunks.push(chunk)
    }
  } catch (error) {
    answer.body.on('error', () => {}).destroy()
    signal.throwIfAborted()
    throw fromNetwork(error, host)
  }
  return new Uint8Array(
    await decode(Buffer.concat(chunks), String(answer.headers['content-encoding'] ?? ''), max, host),
  )
}

async function decode(data: Buffer, encodings: string, max: number, host: string): Promise<Buffer> {
  let decoded = data
  for (const encoding of encodings
    .toLowerCase()
    .split(',')
    .reverse()
    .map((name) => name.trim())) {
    if (encoding === '' || encoding === 'identity' || decoded.length === 0) continue
    const decoder = DECODERS[encoding]
    if (!decoder) {
      throw new EgressError(
        'http.request_invalid',
        `${host} answers compressed as ${encoding}, which Scaff does not read.`,
      )
    }
    try {
      decoded = await decoder(decoded, { maxOutputLength: max })
    } catch (error) {
      if (error instanceof RangeError) throw tooLarge(host, max)
      throw new EgressError('http.network', `The compressed answer of ${host} is damaged.`, error)
    }
  }
  return decoded
}

function tooLarge(host: string, max: number): EgressError {
  const mebibytes = Math.round((max / 1024 / 1024) * 10) / 10
  return new EgressError(
    'http.too_large',
    `The answer of ${host} is larger than ${mebibytes} MiB. Ask for less, for instance page by page.`,
  )
}
