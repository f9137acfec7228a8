/** Characters of one expression, checked before it is parsed: deep nesting overflows a parser before any other limit speaks. */
export const MAX_SOURCE = 2_048

/** Levels of one expression. */
export const MAX_DEPTH = 32

/**
 * Evaluation steps of one expression or one rendering, all its expressions together. A step is a node evaluated, an
 * element visited, or a fixed share of text read: a count, so that every machine refuses the same input.
 */
export const MAX_STEPS = 100_000

/** Levels of data that are compared or printed as a whole: deeper ones would overflow the stack of the machine. */
export const MAX_DATA_DEPTH = 256

/** Characters that one expression or one rendering may produce. */
export const MAX_PRODUCED = 1_000_000
