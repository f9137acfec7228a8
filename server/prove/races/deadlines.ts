import { setTimeout as sleep } from 'node:timers/promises'
import { workflow } from '#lib/workflow/testkit.ts'
import type { SignalAnswer } from '#server/engine/port.ts'
import { CALL, publish, SOMEBODY } from '../setting.ts'
import { atOnce, beginWaiting, history, type Table, type Waiting } from './table.ts'

const LIMIT_MS = 60_000
/** Raced side by side, each by its own. */
const ABREAST = 4
/** So many times as many rounds at most, while one side has won all. */
const LONGER = 3

/** Forms are submitted at the instant at which they expire: one of the two, and never both. */
export async function forms(table: Table, rounds: number) {
  const { expect } = table.found
  const { engine } = table
  const { people, time } = await againstTime(
    table,
    rounds,
    { id: 'ask', type: 'ask', config: { timeout_ms: LIMIT_MS } },
    {
      answer: ({ run_id, wait_id }, i) =>
        engine(i).signal(CALL, { kind: 'form', run_id, wait_id, generation: null, values: {}, by: SOMEBODY }),
      async judge({ run_id }, won) {
        const closed = await table.sql<{ outcome: string }[]>`
        select data->>'outcome' as outcome from run_events where run_id = ${run_id} and type = 'wait.closed'`
        const [row] = closed
        expect(closed.length === 1, `I4: the form of ${run_id} closed ${closed.length} times`)
        expect(row?.outcome === (won ? 'submitted' : 'expired'), `I4: ${row?.outcome}, and the person was told ${won}`)
      },
    },
  )
  return { 'forms submitted as they expire': people + time, submitted: people, expired: time }
}

/** Approvals are decided at the instant at which they go to other people: an older link decides before that or not at all. */
export async function escalations(table: Table, rounds: number) {
  const { expect } = table.found
  const { engine } = table
  const config = {
    approvers: [{ email: 'manager@company.com' }],
    escalate_to: [{ email: 'boss@company.com' }],
    on_timeout: { do: 'escalate' },
    timeout_ms: LIMIT_MS,
  }
  const { people, time } = await againstTime(
    table,
    rounds,
    { id: 'gate', type: 'gate', config },
    {
      answer: (wait, i) => engine(i).signal(CALL, { kind: 'approval', ...wait, generation: 1, ...DECISION }),
      async judge({ run_id }, won) {
        const facts = await history(table, run_id)
        const status = (await engine(0).describe(run_id))?.status
        const decided = facts.includes('wait.decided')
        const escalated = facts.includes('wait.escalated')
        expect(decided === won && escalated !== won, `I4: told ${won}, decided ${decided}, escalated ${escalated}`)
        expect(status === (won ? 'completed' : 'waiting'), `I4: ${run_id} is ${status}, and the person was told ${won}`)
      },
    },
  )
  return { 'approvals decided as they escalate': people + time, 'decided first': people, 'escalated first': time }
}

/** Approvals are decided at the instant at which they are reminded of: nobody is reminded of what is decided. */
export async function reminders(table: Table, rounds: number) {
  const { expect } = table.found
  const { engine } = table
  const config = { approvers: [{ email: 'manager@company.com' }], reminder_ms: LIMIT_MS }
  let reminded = 0
  const { people, time } = await againstTime(
    table,
    rounds,
    { id: 'gate', type: 'gate', config },
    {
      answer: (wait, i) => engine(i).signal(CALL, { kind: 'approval', ...wait, generation: 1, ...DECISION }),
      async judge({ run_id }, won) {
        const facts = await history(table, run_id)
        if (facts.includes('wait.reminded')) reminded += 1
        expect(won && facts.at(-1) === 'run.completed', `I4: a reminder kept ${run_id} from being decided`)
        const [mails] = await table.sql<{ n: number }[]>`
        select count(*)::int as n from messages where run_id = ${run_id} and kind = 'approval_reminder'`
        const sent = facts.filter((fact) => fact === 'wait.reminded').length
        expect(mails?.n === sent, `${mails?.n} reminders of ${run_id} for ${sent} that its history tells of`)
      },
      first: async ({ run_id }) => !(await history(table, run_id)).includes('wait.reminded'),
    },
  )
  return { 'approvals decided as they are reminded of': people + time, 'reminded first': reminded }
}

const DECISION = { decision: 'approve', comment: '', approver: null, by: SOMEBODY } as const

type TestStep = Parameters<typeof workflow>[0][number]

interface Contest {
  /** What a person does at that instant. */
  answer(wait: Waiting, i: number): Promise<SignalAnswer>
  /** Looks at what came of it: whether the person was told to have won. */
  judge(wait: Waiting, won: boolean): Promise<void>
  /** Whether the person came before the time, where both have their way. */
  first?(wait: Waiting): Promise<boolean>
}

/**
 * People against timers, round by round. Whoever won has a later start in the next round, so that the two come closer to
 * each other than any pause could be guessed, whatever the machine; a race in which one side wins all is none.
 */
async function againstTime(table: Table, rounds: number, step: TestStep, contest: Contest) {
  const input = await publish(table.sql, workflow([step]))
  const worker = await table.employ()
  let people = 0
  let time = 0
  // By which people start after the time; below zero the time starts after them.
  let head = 10
  let pace = 1
  let lean = 0
  const oneSided = () => people === 0 || time === 0
  try {
    for (let round = 0; round < rounds || (oneSided() && round < rounds * LONGER); round++) {
      const open = await atOnce(ABREAST, (i) => beginWaiting(table, i, input))
      const passing = sleep(Math.max(0, -head)).then(() => {
        table.pass(LIMIT_MS)
        worker.nudge()
      })
      const answers = await Promise.all(
        open.map(async (wait, i) => {
          await sleep(Math.max(0, head + i - ABREAST / 2))
          return contest.answer(wait, i)
        }),
      )
      await passing
      await worker.idle()
      let won = 0
      for (const [i, wait] of open.entries()) {
        const told = answers[i]?.ok === true
        await contest.judge(wait, told)
        if (await (contest.first?.(wait) ?? told)) won += 1
      }
      people += won
      time += ABREAST - won
      const clear = won === 0 || won === ABREAST
      const leant = lean
      lean = Math.sign(won - ABREAST / 2)
      // Faster while one side goes on winning, and half as fast once the other one did: what lies between is found.
      if (clear) pace = lean === leant ? pace * 1.5 : pace / 2
      head += (won - ABREAST / 2) * pace
    }
  } finally {
    await worker.stop()
  }
  table.found.expect(!oneSided(), `invalid: ${step.type} was no race, people won ${people} and the time ${time}`)
  return { people, time }
}
