import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#lib/time.ts'
import { LOOP, play, SCRIPT, told } from './testing.ts'

describe('a test passes', () => {
  it('where the run does what is expected', async () => {
    const report = await play(
      LOOP,
      `name: happy
${SCRIPT}
expect:
  status: completed
  path: [brief, draft, review, done]
  not_visited: [refused]
  outputs: {outcome: sent, title: Tea is nice}
  runtime: {topic: Tea}
  mails: [{to: boss@company.com, kind: approval_request, subject: review, count: 1}]
  decisions: {review: approve}
  checks: [len(title) > 3, outcome == "sent"]`,
    )
    expect(report).toMatchObject({ passed: true, findings: [], status: 'completed', took_ms: 0 })
  })

  it('where an answer that breaks the schema is asked for again', async () => {
    const report = await play(
      LOOP,
      'name: again\npeople: {brief: {topic: Tea}, review: approve}\nai: {draft: [{title: T}, {title: Tea}]}\nexpect: {runtime: {title: Tea}}',
    )
    expect(told(report)).toEqual([])
  })

  it('where it is sent back, and each visit gets the next answer', async () => {
    const report = await play(
      LOOP,
      `name: revised
people: {brief: {topic: Tea}, review: [{revise: Shorter.}, {reject: No.}]}
ai: {draft: success}
expect:
  path: [brief, draft, review, draft, review, refused]
  decisions: {review: [revise, {decision: reject, by: boss@company.com, comment: "No"}]}
  outputs: {outcome: refused}`,
    )
    expect(told(report)).toEqual([])
  })

  it('within a second, thirty days and all their mails later', async () => {
    const began = performance.now()
    const report = await play(
      LOOP,
      `name: patience
people: {brief: {topic: Tea}, review: {approve: At last., after: 45d}}
ai: {draft: success}
expect:
  decisions: {review: {decision: approve, by: chief@company.com}}
  mails:
    - {to: boss@company.com, kind: approval_reminder, count: 4}
    - {to: chief@company.com, kind: approval_escalation, count: 1}
    - {to: chief@company.com, kind: approval_reminder, count: 2}`,
    )
    expect(told(report)).toEqual([])
    expect(report.took_ms).toBe(45 * DAY)
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('where nobody answers, and silence leads where its author says', async () => {
    const report = await play(
      LOOP,
      'name: silence\npeople: {brief: {topic: Tea}, review: silence}\nai: {draft: success}\nexpect: {decisions: {review: expired}, outputs: {outcome: refused}}',
    )
    expect(told(report)).toEqual([])
    expect(report.took_ms).toBe(60 * DAY)
  })

  it('where it waits, as expected, for somebody the test says nothing of', async () => {
    const report = await play(LOOP, 'name: waits\nexpect: {status: waiting, path: [brief]}')
    expect(told(report)).toEqual([])
  })

  it('where it fails as expected', async () => {
    const report = await play(
      LOOP,
      'name: fails\npeople: {brief: {topic: Tea}}\nai: {draft: schema_violation}\nexpect: {error: {code: ai.schema_validation_failed, step: draft, message: after 2 calls}}',
    )
    expect(told(report)).toEqual([])
  })
})

describe('a test fails', () => {
  it('with what was found in place of what was expected, each at its own place', async () => {
    const report = await play(
      LOOP,
      `name: wrong
${SCRIPT}
expect:
  path: [brief, review]
  visited: [refused]
  not_visited: [done]
  outputs: {outcome: refused, other: 1}
  mails: [{to: nobody@company.com}, {kind: approval_request, count: 2}]
  decisions: {review: reject}
  checks: [len(title) > 100, nobody > 3]`,
    )
    expect(report.passed).toBe(false)
    expect(report.findings.map(({ what, line, expected, actual }) => [what, line, expected, actual])).toEqual([
      ['path', 27, ['brief', 'review'], ['brief', 'draft', 'review', 'done']],
      ['visited[0]', 28, 'refused', undefined],
      ['not_visited[0]', 29, null, 'done'],
      ['outputs.outcome', 30, 'refused', 'sent'],
      ['outputs.other', 30, 1, undefined],
      [
        'decisions.review',
        32,
        [{ decision: 'reject' }],
        [{ decision: 'approve', by: 'boss@company.com', comment: '' }],
      ],
      ['mails[0]', 31, { to: 'nobody@company.com' }, [expect.objectContaining({ kind: 'approval_request' })]],
      ['mails[1]', 31, { kind: 'approval_request', count: 2 }, [expect.objectContaining({ to: 'boss@company.com' })]],
      ['checks[0]', 33, undefined, undefined],
      ['checks[1]', 33, undefined, undefined],
    ])
    expect(told(report).slice(-2)).toEqual([
      expect.stringContaining('This does not hold: len(title) > 100'),
      expect.stringContaining('This cannot be decided: nobody > 3.'),
    ])
  })

  it('with the reason why the run ended otherwise', async () => {
    const report = await play(LOOP, 'name: x\npeople: {brief: {topic: Tea}}\nai: {draft: schema_violation}')
    expect(told(report)).toEqual([
      expect.stringMatching(
        /^status: The run should be completed\. It failed at draft: .*\[ai\.schema_validation_failed\]/,
      ),
    ])
    const waits = await play(
      LOOP.replace('timeout: 30d', 'name: Review'),
      'name: x\npeople: {brief: {topic: Tea}, review: silence}\nai: {draft: success}',
    )
    expect(told(waits)).toEqual([expect.stringContaining('It waits at review, and nothing more is due.')])
  })

  it.each([
    [
      'people',
      'name: x',
      'people.brief: brief asks somebody to fill in a form, and the test does not say what comes. Add people: {brief: {topic: …}}.',
    ],
    [
      'a decision',
      'name: x\npeople: {brief: {topic: Tea}}\nai: {draft: success}',
      'people.review: review asks for a decision, and the test does not say what comes. Add people: {review: approve}.',
    ],
    [
      'AI',
      'name: x\npeople: {brief: {topic: Tea}}',
      'ai.draft: draft asks AI, and the test does not say what comes. Add ai: {draft: success}.',
    ],
    [
      'the second of two',
      'name: x\npeople: {brief: {topic: Tea}, review: [revise]}\nai: {draft: success}',
      'people.review: review asks for a decision once more, and its list under people has 1 answer. Add one, or write one answer in place of the list.',
    ],
    [
      'what stands in a file',
      'name: x\npeople: {brief: {topic: Tea}}\nai: {draft: {recorded: a.json}}',
      'ai.draft: draft asks AI, and its recorded answers stand in a.json, which is not at hand here. The command line reads it.',
    ],
  ])('and says what to add, where it does not say what comes of %s', async (_, test, expected) => {
    expect(told(await play(LOOP, test))).toEqual([expected])
  })

  it('at the part of the test where the answer belongs', async () => {
    const report = await play(LOOP, 'name: x\npeople: {brief: {topic: Tea}}\nai: {draft: success}')
    expect(report.findings).toMatchObject([{ what: 'people.review', line: 24, column: 5 }])
    expect((await play(LOOP, 'name: x')).findings).toMatchObject([{ what: 'people.brief', line: 23 }])
  })

  it('with the first reason alone', async () => {
    const flow = `name: Both
start_step: both
steps:
  - id: both
    type: parallel
    branches:
      left: [{id: one, type: ai_generate, prompt: One.}]
      right: [{id: two, type: ai_generate, prompt: Two.}]
`
    expect(told(await play(flow, 'name: x'))).toEqual([expect.stringMatching(/^ai\.one: one asks AI/)])
  })

  it('where an answer is not taken', async () => {
    const wrong = await play(LOOP, 'name: x\npeople: {brief: {words: many}}')
    expect(told(wrong)[0]).toMatch(
      /^people\.brief: brief does not take this answer: The form has answers that do not fit\. topic: .* words: /,
    )
    const stranger = await play(
      LOOP,
      'name: x\npeople: {brief: {topic: Tea}, review: {approve: "", by: eve@company.com}}\nai: {draft: success}',
    )
    expect(told(stranger)[0]).toContain('eve@company.com is not one of the approvers of step review.')
  })

  it('where it cannot begin', async () => {
    const flow = LOOP.replace(
      'start_step: brief',
      'start_step: brief\ninputs: [{key: who, type: string, required: true}]',
    )
    const report = await play(flow, 'name: x\ninputs: {}')
    expect(told(report)).toEqual([expect.stringMatching(/^inputs: The inputs do not fit: who/)])
  })
})

describe('several approvers', () => {
  const flow = (policy: string) => `name: Quorum
start_step: review
steps:
  - {id: review, type: approval, approvers: [a@x.co, b@x.co, c@x.co], policy: ${policy}}
`
  it.each(['all', 'sequential', '{at_least: 2}'])('all say the same where nobody is named: %s', async (policy) => {
    expect(told(await play(flow(policy), 'name: x\npeople: {review: approve}'))).toEqual([])
  })

  it('each have an answer of their own in a list', async () => {
    const report = await play(
      flow('{at_least: 2}'),
      `name: x
people:
  review: [{approve: Fine., by: c@x.co}, {reject: No., by: a@x.co, after: 2h}, {approve: Well., by: b@x.co}]
expect: {decisions: {review: [approve, {decision: reject, by: a@x.co}, {decision: approve, by: b@x.co}]}}`,
    )
    expect(told(report)).toEqual([])
    expect(report.took_ms).toBe(2 * HOUR)
  })

  it('are told who is still awaited', async () => {
    const report = await play(flow('all'), 'name: x\npeople: {review: {approve: Yes., by: a@x.co}}')
    expect(told(report)[0]).toContain('review still waits for b@x.co, c@x.co. Write a list with an answer of each')
  })
})
