import type { Span } from './ast.ts'
import { ExpressionError } from './errors.ts'
import { MAX_DATA_DEPTH, MAX_PRODUCED, MAX_STEPS } from './limits.ts'

/** Characters of text that are read or compared for one step. */
const TEXT_PER_STEP = 64

/**
 * What an evaluation may still spend. One fuel is shared by everything that is evaluated for one result: all
 * expressions of a template, all texts of a value. `at` is where an error points.
 */
export class Fuel {
  #steps = MAX_STEPS
  #characters = MAX_PRODUCED

  /** Charges for work done. */
  spend(steps: number, at: Span): void {
    this.#steps -= steps
    if (this.#steps < 0) {
      exhausted(
        'expression.fuel',
        `This takes more than ${MAX_STEPS} steps to evaluate.`,
        at,
        'Work on less data at once.',
      )
    }
  }

  /** Charges for text that is read through. */
  read(characters: number, at: Span): void {
    this.spend(Math.ceil(characters / TEXT_PER_STEP), at)
  }

  /** Refuses data that goes too deep to be walked through. */
  descend(depth: number, at: Span): void {
    if (depth <= MAX_DATA_DEPTH) return
    const message = `The data is nested more than ${MAX_DATA_DEPTH} levels deep.`
    exhausted('expression.too_deep', message, at, 'Work on a part of it, for instance x.part.')
  }

  /** Charges for text that is made. */
  produce(characters: number, at: Span): void {
    this.#characters -= characters
    if (this.#characters < 0) {
      const message = `This makes more than ${MAX_PRODUCED} characters of text.`
      exhausted('expression.fuel', message, at, 'Put in less data, or a part of each text.')
    }
  }
}

function exhausted(
  code: 'expression.fuel' | 'expression.too_deep',
  message: string,
  { offset, length }: Span,
  hint: string,
): never {
  throw new ExpressionError(code, message, offset, { length, hint })
}
