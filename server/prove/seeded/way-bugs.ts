import type { SeededBug } from './bug.ts'
import { unchecked as bug } from './unchecked.ts'

/** The same of the ways of a run: who comes where, and with what. */
export const WAY_BUGS: readonly SeededBug[] = [
  // How a run comes there.
  bug(
    'a step that is skipped',
    'types/flow.ts',
    'if (when) come(step.next,',
    'if (when && step.next === step.id) come(step.next,',
  ),
  bug('a step that failed', 'types/flow.ts', 'if (step.on_error !== null) come(step.on_error, entry)', ''),
  bug(
    'a branch that was lost',
    'types/flow.ts',
    '[name, all ? (type ?? NOTHING) : maybe(type ?? NOTHING)]',
    '[name, type ?? NOTHING]',
  ),
  bug(
    'a step that a branch passed by',
    'types/flow.ts',
    'end?.steps.get(member.step.id) ?? maybe(NOTHING)',
    'present(end?.steps.get(member.step.id) ?? NOTHING)',
  ),
  bug(
    'what two ways bring',
    'types/state.ts',
    'const either = join(ours ?? ABSENT, theirs ?? ABSENT)',
    'const either = join(ours ?? theirs ?? ABSENT, theirs ?? ours ?? ABSENT)',
  ),
  bug(
    'what the second way brings',
    'types/state.ts',
    'if (ours !== undefined && same(ours, either)) continue',
    'if (ours !== undefined) continue',
  ),
  bug(
    'what conditions showed on one way only',
    'types/state.ts',
    'return one === null || other === null ? [] : [[key, join(one, other)]]',
    'const some = one ?? other\n    return some === null ? [] : [[key, some]]',
  ),
  bug(
    'what a step writes over what was shown',
    'types/state.ts',
    'return of !== root || !names.has(String(name))',
    'return of !== root || names.size > 0',
  ),
  bug(
    'an approval that is put anew',
    'types/flow.ts',
    'if (known && changed.size > 0) come(',
    'if (known && changed.size < 0) come(',
  ),
  bug(
    'what an optional part leaves as it was',
    'types/provide.ts',
    'const comes = sure && !given.absent',
    'const comes = true',
  ),
  bug('names that nobody declared', 'context.ts', 'declaredPart(type?.output(step.config) ?? null, output)', 'output'),
  bug(
    'a condition that may be true otherwise',
    'types/narrow.ts',
    "if ((node.operator === 'and') !== outcome) return at",
    '',
  ),
  bug(
    'what a negation turns round',
    'types/narrow.ts',
    'return shownBy(node.operand, !outcome, at, look)',
    'return shownBy(node.operand, outcome, at, look)',
  ),
  bug(
    'equality with null',
    'types/narrow.ts',
    'return equal ? at : learn(left ? node.right',
    'return !equal ? at : learn(left ? node.right',
  ),
  bug(
    'a path that may be false because it is null',
    'types/narrow.ts',
    'return outcome ? learn(node, withoutNull, at, look) : at',
    'return learn(node, withoutNull, at, look)',
  ),
  bug(
    'a set in one branch of a template',
    'types/template.ts',
    'return merged.length === 0 ? start : withLocals(start, merged)',
    'return ends[0] ?? start',
  ),
  bug(
    'what null a schema allows',
    'types/from-schema.ts',
    "case 'null':\n        return NULL",
    "case 'null':\n        return NOTHING",
  ),
  bug(
    'either of two schemas',
    'types/from-schema.ts',
    'parts.push(joinAll(either.map(',
    'parts.push(joinAll(either.slice(0, 1).map(',
  ),
  bug(
    'a loop that goes round for good',
    'validate-loops.ts',
    "reporter.error('flow.endless_loop'",
    "if (loop.length === 0) reporter.error('flow.endless_loop'",
  ),
  // The ways themselves, and what may stand where.
  bug(
    'a step that nothing leads to',
    'validate-graph.ts',
    "reporter.error('step.unreachable'",
    "if (id === '') reporter.error('step.unreachable'",
  ),
  bug(
    'a circle without an end',
    'validate-graph.ts',
    "reporter.error('step.no_end'",
    "if (id === '') reporter.error('step.no_end'",
  ),
  bug('a way into the other branch', 'validate.ts', '  checkSliding(steps, source, reporter)\n', ''),
  bug(
    'what was approved and is written over',
    'validate-runtime.ts',
    'const flagged = checkApproved(steps, provided, ways, precedes, reporter)',
    'const flagged: Flagged = new Map()',
  ),
  bug(
    'one name of two steps',
    'validate-runtime.ts',
    "reporter.warning('runtime.collision', message, [...later.path, 'id'])",
    '',
  ),
  bug(
    'a secret where it would be seen',
    'validate-references.ts',
    'if (!slot.secrets) {\n        const message = `Secrets',
    'if (slot.secrets) {\n        const message = `Secrets',
  ),
  bug(
    'a jump to nowhere',
    'validate-graph.ts',
    "reporter.error('step.unknown_target'",
    "if (to === '') reporter.error('step.unknown_target'",
  ),
  bug(
    'a jump across a boundary',
    'validate-graph.ts',
    "reporter.error('step.crosses_boundary'",
    "if (to === '') reporter.error('step.crosses_boundary'",
  ),
  bug(
    'a step that does not exist',
    'validate-references.ts',
    "tell(reporter, slot, read, 'step.unknown_reference', `There",
    "if (id === '') tell(reporter, slot, read, 'step.unknown_reference', `There",
  ),
  bug(
    'a step in another branch',
    'validate-references.ts',
    "tell(reporter, slot, read, 'step.out_of_sight'",
    "if (id === '') tell(reporter, slot, read, 'step.out_of_sight'",
  ),
  bug(
    'a name that nothing provides',
    'validate-references.ts',
    'if (read.guarded || provided.names.has(name) ||',
    'if (read.guarded || provided.names.size >= 0 ||',
  ),
  bug(
    'an input that is not declared',
    'validate-references.ts',
    'if (keys.includes(name)) return',
    'if (keys.length >= 0) return',
  ),
  bug('a quorum of too few', 'steps/approval/definition.ts', 'policy.at_least > most', 'policy.at_least > 100 * most'),
  bug('one approver named twice', 'steps/approval/definition.ts', ': new Set(names).size', ': names.length'),
  bug(
    'an escalation to nobody',
    'steps/approval/definition.ts',
    "on_timeout.do === 'escalate' && escalate_to.length === 0",
    "on_timeout.do === 'escalate' && escalate_to.length < 0",
  ),
  bug(
    'more branches than there are',
    'steps/parallel/definition.ts',
    'join.at_least <= reader.blocks.length',
    'join.at_least >= 0',
  ),
]
