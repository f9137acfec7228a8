import type { SimulationAct } from '#lib/simulation/types.ts'
import type { Field } from '#lib/workflow/definition.ts'
import { applyDefaults } from '#lib/workflow/fields.ts'
import type { Call, Engine } from '../port.ts'

/** Who starts and answers in the tests that play one script on several engines. */
export const SARAH = {
  kind: 'user',
  id: 'usr_sarah',
  email: 'sarah@company.com',
  name: 'Sarah',
  role: 'admin',
} as const
export const CALL: Call = { actor: SARAH, request_id: 'test-run', audit: null }
export const STARTED_BY = { id: SARAH.id, email: SARAH.email, name: SARAH.name, role: SARAH.role }
export const PROFILE = {
  user_id: SARAH.id,
  user_email: SARAH.email,
  user_role: SARAH.role,
  name: SARAH.name,
  agent_id: null,
}

/** An engine on which a script is played, with what drives it. */
export interface Stage {
  readonly engine: Engine
  readonly clock: { now(): Date; pass(ms: number): void }
  /** Executes everything that is due now. */
  settle(): Promise<void>
  /** The fields of an open form. */
  fields(run_id: string, wait_id: string): Promise<readonly Field[]>
}

/** Plays a script on a run that has started, as the simulation plays it: nothing is left to do before the next act. */
export async function drive(stage: Stage, run_id: string, acts: readonly SimulationAct[]): Promise<void> {
  await untilRests(stage, run_id)
  for (const act of acts) {
    await perform(stage, run_id, act)
    await untilRests(stage, run_id)
  }
}

async function perform(stage: Stage, run_id: string, act: SimulationAct): Promise<void> {
  const { engine } = stage
  switch (act.do) {
    case 'wait':
      return pass(stage, run_id, act.ms)
    case 'cancel':
      return taken(await engine.cancel(CALL, { run_id, reason: act.reason }))
    case 'retry':
      return taken(await engine.retry(CALL, { run_id, from_step: act.from_step, inputs: act.inputs }))
  }
  const open = (await engine.describe(run_id))?.waits.find(({ wait }) => wait.step === act.step)
  if (!open) throw new Error(`nothing is open at ${act.step}`)
  const base = { run_id, wait_id: open.wait_id, generation: null }
  if (act.do === 'submit') {
    const values = applyDefaults(await stage.fields(run_id, open.wait_id), act.values)
    const by = { via: 'app', id: 'person', label: SARAH.email } as const
    return taken(await engine.signal(CALL, { ...base, kind: 'form', values, by }))
  }
  const { decision, comment, approver } = act
  const by = { via: 'app', id: approver, label: approver } as const
  taken(await engine.signal(CALL, { ...base, kind: 'approval', decision, comment, approver, by }))
}

function taken(answer: { readonly ok: true } | { readonly ok: false; readonly reason: string }): void {
  if (!answer.ok) throw new Error(answer.reason)
}

/** Timers fire at their own time, so that every history says the same. */
async function pass(stage: Stage, run_id: string, ms: number): Promise<void> {
  const end = stage.clock.now().getTime() + ms
  await stage.settle()
  for (let due = await nextTimer(stage, run_id); due !== null && due <= end; due = await nextTimer(stage, run_id)) {
    moveTo(stage, due)
    await stage.settle()
  }
  moveTo(stage, end)
}

async function untilRests(stage: Stage, run_id: string): Promise<void> {
  await stage.settle()
  while ((await stage.engine.describe(run_id))?.status === 'running') {
    const due = await nextTimer(stage, run_id)
    if (due === null) return
    moveTo(stage, due)
    await stage.settle()
  }
}

function moveTo({ clock }: Stage, at: number): void {
  clock.pass(Math.max(0, at - clock.now().getTime()))
}

async function nextTimer({ engine }: Stage, run_id: string): Promise<number | null> {
  const timers = Object.values((await engine.describe(run_id))?.state.timers ?? {})
  return timers.length === 0 ? null : Math.min(...timers.map(({ due }) => Date.parse(due)))
}
