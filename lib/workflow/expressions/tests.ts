import type { Json } from '../../json.ts'
import { isList } from './values.ts'

/** A test: `x is name` or `x is name(argument)`. */
export interface Test {
  /** As it is written, for messages and docs. */
  readonly signature: string
  readonly summary: string
  readonly min: number
  readonly max: number
  /** Whether absence is an answer: such a test takes a path that may lead nowhere. */
  readonly absence?: boolean
  /** Undefined where the value is of a type the test says nothing about. */
  holds(value: Json, argument: Json | undefined): boolean | undefined
}

const test = (signature: string, summary: string, holds: Test['holds'], more: Partial<Test> = {}): Test => ({
  signature,
  summary,
  min: 0,
  max: 0,
  holds,
  ...more,
})

const isWhole = (value: Json): value is number => Number.isInteger(value)

const none = test('x is none', 'whether it is null', (value) => value === null)

const yes = test('x is true', 'whether it is true', (value) => value === true)
const no = test('x is false', 'whether it is false', (value) => value === false)

/** All tests there are. `defined` and `undefined` only see values that are there; the evaluator asks for absence itself. */
export const TESTS: ReadonlyMap<string, Test> = new Map([
  ['defined', test('x is defined', 'whether there is such a value; null is one', () => true, { absence: true })],
  ['undefined', test('x is undefined', 'whether there is no such value', () => false, { absence: true })],
  ['none', none],
  ['None', none],
  ['null', none],
  ['true', yes],
  ['True', yes],
  ['false', no],
  ['False', no],
  ['boolean', test('x is boolean', 'whether it is true or false', (value) => typeof value === 'boolean')],
  ['number', test('x is number', 'whether it is a number', (value) => typeof value === 'number')],
  ['integer', test('x is integer', 'whether it is a whole number', (value) => isWhole(value))],
  ['string', test('x is string', 'whether it is text', (value) => typeof value === 'string')],
  [
    'sequence',
    test('x is sequence', 'whether it is a list or text', (value) => isList(value) || typeof value === 'string'),
  ],
  [
    'mapping',
    test(
      'x is mapping',
      'whether it is an object',
      (value) => typeof value === 'object' && value !== null && !isList(value),
    ),
  ],
  [
    'odd',
    test('x is odd', 'whether it is an odd whole number', (value) => (isWhole(value) ? value % 2 !== 0 : undefined)),
  ],
  [
    'even',
    test('x is even', 'whether it is an even whole number', (value) => (isWhole(value) ? value % 2 === 0 : undefined)),
  ],
  [
    'divisibleby',
    test(
      'x is divisibleby(n)',
      'whether n divides it',
      (value, by) => (isWhole(value) && isWhole(by ?? null) && by !== 0 ? value % Number(by) === 0 : undefined),
      { min: 1, max: 1 },
    ),
  ],
])
