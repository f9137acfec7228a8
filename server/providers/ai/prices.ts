/**
 * What models cost, in US dollars for a million tokens: the list prices on the providers' public price pages
 * (openai.com/api/pricing, claude.com/pricing). Discounts for cached or batched input are not counted, so a cost is an upper
 * bound. A model that is not here has no cost rather than a guessed one; add a line when you use another.
 */
interface Price {
  readonly prompt: number
  readonly output: number
}

const PRICES: ReadonlyMap<string, Price> = new Map([
  ['gpt-5.1', { prompt: 1.25, output: 10 }],
  ['gpt-5', { prompt: 1.25, output: 10 }],
  ['gpt-5-mini', { prompt: 0.25, output: 2 }],
  ['gpt-5-nano', { prompt: 0.05, output: 0.4 }],
  ['gpt-4.1', { prompt: 2, output: 8 }],
  ['gpt-4.1-mini', { prompt: 0.4, output: 1.6 }],
  ['gpt-4.1-nano', { prompt: 0.1, output: 0.4 }],
  ['gpt-4o', { prompt: 2.5, output: 10 }],
  ['gpt-4o-mini', { prompt: 0.15, output: 0.6 }],
  ['o3', { prompt: 2, output: 8 }],
  ['o3-mini', { prompt: 1.1, output: 4.4 }],
  ['o4-mini', { prompt: 1.1, output: 4.4 }],
  ['claude-opus-4-6', { prompt: 5, output: 25 }],
  ['claude-opus-4-5', { prompt: 5, output: 25 }],
  ['claude-opus-4-1', { prompt: 15, output: 75 }],
  ['claude-opus-4', { prompt: 15, output: 75 }],
  ['claude-sonnet-4-6', { prompt: 3, output: 15 }],
  ['claude-sonnet-4-5', { prompt: 3, output: 15 }],
  ['claude-sonnet-4', { prompt: 3, output: 15 }],
  ['claude-haiku-4-5', { prompt: 1, output: 5 }],
  ['claude-3-5-haiku', { prompt: 0.8, output: 4 }],
])

/** US dollars for a call; null where the model's price is not known. A dated name such as `gpt-4o-2024-11-20` has its model's. */
export function costOf(model: string, tokensPrompt: number, tokensOutput: number): number | null {
  const price = PRICES.get(model) ?? PRICES.get(model.replace(/-(\d{4}-\d{2}-\d{2}|\d{8}|latest)$/, ''))
  if (price === undefined) return null
  return (tokensPrompt * price.prompt + tokensOutput * price.output) / 1_000_000
}
