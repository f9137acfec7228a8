import { ExpressionError } from './errors.ts'
import { MAX_DATA_DEPTH, MAX_PRODUCED, MAX_STEPS } from './limits.ts'

/** Characters of text that are read or compared for one step. */
const TEXT_PER_STEP = 64

/**
 * What an evaluation may still spend. One fuel is shared by everything that is evaluated for one result: all
 * expressions of a template, all texts of a value.
 */
export class Fuel {
  #steps = MAX_STEPS
  #characters = MAX_PRODUCED

  /** Charges for work done. `offset` is where the error points. */
  spend(steps: number, offset: number): void {
    this.#steps -= steps
    if (this.#steps < 0) {
      throw new ExpressionError('expression.fuel', `This takes more than ${MAX_STEPS} steps to evaluate.`, offset, {
        hint: 'Work on less data at once.',
      })
    }
  }

  /** Charges for text that is read through. */
  read(characters: number, offset: number): void {
    this.spend(Math.ceil(characters / TEXT_PER_STEP), offset)
  }

  /** Refuses data that goes too deep to be walked through. */
  descend(depth: number, offset: number): void {
    if (depth <= MAX_DATA_DEPTH) return
    throw new ExpressionError(
      'expression.too_deep',
      `The data is nested more than ${MAX_DATA_DEPTH} levels deep.`,
      offset,
    )
  }

  /** Charges for text that is made. */
  produce(characters: number, offset: number): void {
    this.#characters -= characters
    if (this.#characters < 0) {
      throw new ExpressionError('expression.fuel', `This makes more than ${MAX_PRODUCED} characters of text.`, offset)
    }
  }
}
