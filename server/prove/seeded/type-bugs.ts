import type { SeededBug } from './bug.ts'
import { unchecked as bug } from './unchecked.ts'
import { WAY_BUGS } from './way-bugs.ts'

/** Values without one of their checks each: what was planted is missed, or accepted workflows fail. */
const VALUE_BUGS: readonly SeededBug[] = [
  // What is read.
  bug('a value that may be missing', 'types/infer.ts', 'by.tell({ ...absence, offset', 'void ({ ...absence, offset'),
  bug(
    'a name that only some ways give',
    'types/context.ts',
    'if (found && !found.absent) return { type: found',
    'if (found) return { type: found',
  ),
  bug(
    'an output that only some ways leave',
    'types/context.ts',
    'if (found && !found.absent) return { type, absence: null }',
    'if (found) return { type, absence: null }',
  ),
  bug(
    'an optional part',
    'types/members.ts',
    'return declared.absent ? { type: declared, absence: optional(path) } :',
    'return',
  ),
  bug(
    'a part that is not declared',
    'types/members.ts',
    "absence: { code: 'variable.unknown', message, ...(hint === undefined ? {} : { hint }) },\n  }\n}\n\nfunction optional",
    'absence: null,\n  }\n}\n\nfunction optional',
  ),
  bug(
    'one of many parts by a fixed key',
    'types/members.ts',
    'return { type: object.rest, absence: optional(path) }',
    'return { type: object.rest, absence: null }',
  ),
  bug(
    'a part of what has none',
    'types/members.ts',
    'if (object === null || owner.list || owner.text || owner.number || owner.boolean) return noParts(node, owner, key)',
    'if (object === null || owner.list || owner.text || owner.number || owner.boolean) return { type: UNKNOWN, absence: null }',
  ),
  bug(
    'a part of what may be null',
    'types/members.ts',
    'absence: inside.absence ?? nullOwner(node) }',
    'absence: inside.absence }',
  ),
  bug(
    'a place of what may be null',
    'types/members.ts',
    'const nullable = owner.null ? nullOwner(node) : null',
    'const nullable = null',
  ),
  bug(
    'a key that is computed',
    'types/members.ts',
    "absence: { code: 'variable.maybe_missing', message, hint: `default(",
    "absence: null && { code: 'variable.maybe_missing', message, hint: `default(",
  ),
  bug(
    'a position with a fraction',
    'types/members.ts',
    'if (kinds.number?.whole === false) {',
    'if (kinds.number?.whole === null) {',
  ),
  bug('who started a run by key', 'types/context.ts', 'const MAYBE_TEXT = join(TEXT, NULL)', 'const MAYBE_TEXT = TEXT'),
  bug(
    'an optional part of what a check asks',
    'validate-types.ts',
    'absence: type.absent ? optionalPart(name) : null',
    'absence: null',
  ),
  // What is done with it.
  bug(
    'null where it is used',
    'types/wants.ts',
    "tell({ code: 'type.nullable', message, ...at",
    "void ({ code: 'type.nullable', message, ...at",
  ),
  bug('another type where it is used', 'types/wants.ts', 'tell({ code: onlyNull', 'void ({ code: onlyNull'),
  bug('equality of unlike types', 'types/compare.ts', 'if (shared.length === 0) {', 'if (shared.length < 0) {'),
  bug(
    'equality with what is no option',
    'types/compare.ts',
    'if (known.length < 2) return',
    'if (known.length < 200) return',
  ),
  bug('an order of null', 'types/compare.ts', 'if (!type.null) continue', 'if (type.null || !type.null) continue'),
  bug(
    'an order of unlike types',
    'types/compare.ts',
    'if (a.length === 1 && b.length === 1 && a[0] === b[0]',
    'if (a.length >= 0 || a[0] === b[0]',
  ),
  bug(
    'an order with what is not known',
    'types/compare.ts',
    'if (!type.unknown) wants(type, [',
    'if (type.absent) wants(type, [',
  ),
  bug(
    'what is looked for in text',
    'types/compare.ts',
    "if (left.text) wants(item, ['text'],",
    "if (left.text && left.null) wants(item, ['text'],",
  ),
  bug(
    'a search for a key',
    'types/compare.ts',
    'else if (left.object) wants(item,',
    'else if (left.object && left.null) wants(item,',
  ),
  bug(
    'a list of what is no option',
    'types/compare.ts',
    'for (const [i, one] of node.items.entries()) checkAlike(',
    'for (const [i, one] of node.items.slice(0, 0).entries()) checkAlike(',
  ),
  bug(
    'numbers and texts in one order',
    'types/helper-types.ts',
    '} else refuse(call, index, `',
    '} else if (type.absent) refuse(call, index, `',
  ),
  bug(
    'null among what is ordered',
    'types/helper-types.ts',
    'if (kinds.length === 2 && type.null && (type.number || type.text)) {',
    'if (kinds.length === 2 && type.null && (type.number || type.text)) return type\n  if (kinds.length < 0) {',
  ),
  bug(
    'text that may be no number',
    'types/helper-types.ts',
    'if (type?.text && !type.unknown) {',
    'if (type?.text && !type.unknown) return result\n    if (type?.absent) {',
  ),
  bug(
    'a separator that may be empty',
    'types/helper-types.ts',
    "if (by && !by.unknown && by.text && (by.text.values === null || by.text.values.includes(''))) {",
    'if (by?.unknown && by.text) {',
  ),
  bug(
    'how many digits',
    'types/helper-types.ts',
    'if (call.args.length > 1) whole(call, 1, 0, 15)',
    'if (call.args.length > 9) whole(call, 1, 0, 15)',
  ),
  bug(
    'a fraction where a whole number is taken',
    'types/helper-types.ts',
    'if (!type.number.whole)',
    'if (type.number.values?.length === -1)',
  ),
  bug(
    'odd and even of fractions',
    'types/infer.ts',
    'if (number.number?.whole === false) {',
    'if (number.number?.whole === null) {',
  ),
  bug(
    'parts of what is no list of as many',
    'types/loops.ts',
    'if (!fits && !element.unknown && element !== NOTHING) {',
    'if (!fits && element.unknown) {',
  ),
  bug(
    'items that are no list',
    'types/uses.ts',
    "list: ['list'],",
    "list: ['list', 'text', 'number', 'object', 'null', 'boolean'],",
  ),
  bug(
    'approvers that are nobody',
    'types/uses.ts',
    "people: ['text', 'object', 'list'],",
    "people: ['text', 'object', 'list', 'number', 'null', 'boolean'],",
  ),
  bug(
    'an object that names nobody',
    'types/uses.ts',
    "return wanted !== 'people' || type.object === null || namesSomebody(type.object)",
    'return true',
  ),
  bug(
    'an empty list of approvers',
    'types/uses.ts',
    "else if (wanted === 'people' && type.list && isNobody(type.list.element)) {",
    "else if (wanted === 'people' && type.list && type.text) {",
  ),
  bug(
    'what a delay ends at',
    'types/uses.ts',
    "time: ['text'],",
    "time: ['text', 'number', 'null', 'boolean', 'list', 'object'],",
  ),
  bug(
    'what stands in an address',
    'types/uses.ts',
    "parameter: ['null', 'boolean', 'number', 'text', 'list'],",
    "parameter: ['null', 'boolean', 'number', 'text', 'list', 'object'],",
  ),
  bug('a key of turns', 'validate.ts', '  checkStartTypes(startSlots, types, reporter)\n', ''),
]

/** The checker without one of its checks each. */
export const TYPE_BUGS: readonly SeededBug[] = [...VALUE_BUGS, ...WAY_BUGS]
