/**
 * The statement of `advance`. Each parameter is a JSON list with the rows of one kind, of all runs that move, and becomes one
 * insert, update or delete; each of them hangs on `moved`, which lacks the runs whose compare-and-set failed. Kinds that are
 * rare stand in the statement only where it has rows of them: what is not there costs nothing.
 *
 * The planner cannot know how few rows a list holds: what is looked up in a table is named by `any (array(…))` or row by
 * row, else it would read the table as a whole (`advance-plan.int.test.ts`).
 * All of it is `json`, never `jsonb`, which would sort the keys that people wrote.
 */
export type Head = 'create' | 'move'

/** The lists, in the order of their parameters. */
const ALWAYS = ['runs', 'events', 'steps', 'work'] as const
const GROUPS = {
  people: ['opened', 'changed', 'approvers', 'decisions', 'messages'],
  ai: ['ai_calls'],
  gone: ['gone'],
  audit: ['audit'],
  /** A settlement of what was kept as sent. */
  sent: [],
  /** A run that branches off another. */
  fork: [],
} as const

export type Group = keyof typeof GROUPS
export type List = (typeof ALWAYS)[number] | (typeof GROUPS)[Group][number]

export interface Statement {
  readonly text: string
  /** Which list is which parameter. */
  readonly lists: readonly List[]
}

/** Every group there is, for tests. */
export const ALL_GROUPS = Object.keys(GROUPS) as readonly Group[]

const made = new Map<string, Statement>()

/** The statement for runs that begin or move on, with the groups that have rows; the same text for the same groups. */
export function statementFor(head: Head, has: (group: Group) => boolean): Statement {
  const groups = ALL_GROUPS.filter(has)
  const name = [head, ...groups].join(' ')
  const known = made.get(name)
  if (known) return known
  const lists: List[] = [...ALWAYS, ...groups.flatMap((group) => GROUPS[group])]
  const list = (of: List): string => `json_to_recordset($${lists.indexOf(of) + 1}::text::json)`
  const parts = [HEADS[head](list), base(list), ...groups.map((group) => GROUP_PARTS[group](list))]
  const statement = { text: `with ${parts.join(',\n')}\nselect id from moved`, lists }
  made.set(name, statement)
  return statement
}

type Part = (list: (of: List) => string) => string

/**
 * An idempotency key that exists leaves `moved` empty, as does the run itself, where an answer was lost after the commit, and a
 * caller that no longer stands at the step that calls: it is locked, so that nothing begins for it after it has gone on.
 */
const create: Part = (list) => `given as materialized (
  select * from ${list('runs')} as r(id text, workflow_id text, workflow_version int, workflow_name text, status text,
    state json, epoch int, current_step text, inputs json, static json, profile jsonb, outputs json, error jsonb,
    idempotency_key text, fingerprint text, request_id text, parent_run_id text, parent_activity json, forked_from text,
    forked_at text, forked_seq int, concurrency_key text, concurrency_max int, at timestamptz, ended_at timestamptz, settles_id text)
),
parent as (
  select given.id as child from given join runs on runs.id = given.parent_run_id,
    lateral (select runs.state->'scopes'->(given.parent_activity->>'path')->'cursor' as cursor, given.parent_activity as by) as stands
  where runs.id = any (array(select parent_run_id from given)) and runs.epoch = (by->>'epoch')::int and cursor->>'at' = 'calling'
    and cursor->>'step' = by->>'step' and cursor->>'visit' = by->>'visit' and cursor->>'attempt' = by->>'attempt'
  for share of runs
),
moved as (
  insert into runs (id, workflow_id, workflow_version, workflow_name, status, state, revision, epoch, current_step, inputs,
                    static, profile, outputs, error, idempotency_key, fingerprint, request_id, parent_run_id, parent_activity,
                    forked_from, forked_at, concurrency_key, concurrency_max, created_at, updated_at, ended_at)
  select r.id, r.workflow_id, r.workflow_version, r.workflow_name, r.status::run_status, r.state, 1, r.epoch, r.current_step, r.inputs,
         r.static, r.profile, r.outputs, r.error, r.idempotency_key, r.fingerprint, r.request_id, r.parent_run_id, r.parent_activity,
         r.forked_from, r.forked_at, r.concurrency_key, r.concurrency_max, r.at, r.at, r.ended_at
  from given r
  where r.parent_run_id is null or exists (select 1 from parent where parent.child = r.id)
  on conflict do nothing
  returning id
)`

/** Moves runs on whose revision is still the one that was read and, for a settlement, whose lease is still held. */
const move: Part = (list) => `given as materialized (
  select * from ${list('runs')} as r(id text, revision int, status text, state json, epoch int, current_step text, inputs json,
    outputs json, error jsonb, at timestamptz, ended_at timestamptz, added_cost_usd float8, added_tokens int,
    settles_id text, settles_fence int, settles_owner text)
),
moved as (
  update runs set
    state = r.state, status = r.status::run_status, revision = runs.revision + 1, epoch = r.epoch, current_step = r.current_step,
    inputs = case when r.inputs is null then runs.inputs else (
      select coalesce(json_object_agg(coalesce(o.key, n.key), coalesce(n.value, o.value) order by o.place, n.place), '{}')
      from json_each(runs.inputs) with ordinality as o(key, value, place)
      full join json_each(r.inputs) with ordinality as n(key, value, place) on n.key = o.key) end,
    outputs = case when r.status = 'completed' then r.outputs else null end,
    error = r.error, updated_at = r.at, ended_at = r.ended_at,
    cost_usd = runs.cost_usd + r.added_cost_usd, tokens = runs.tokens + r.added_tokens
  from given r
  where runs.id = any (array(select id from given)) and runs.id = r.id and runs.revision = r.revision
    and (r.settles_id is null or exists (
      select 1 from work where work.id = r.settles_id and work.fence = r.settles_fence and work.owner is not distinct from r.settles_owner))
  returning runs.id
)`

const HEADS: { readonly [H in Head]: Part } = { create, move }

/** History, steps and work: what nearly every turn of a run writes. */
const base: Part = (list) => `ev as (
  insert into run_events (run_id, seq, epoch, type, at, step_id, path, data)
  select e.run_id, e.seq, e.epoch, e.type, e.at, e.step_id, e.path, e.data
  from ${list('events')} as e(run_id text, seq int, epoch int, type text, at timestamptz, step_id text, path text, data json)
    join moved on moved.id = e.run_id
  order by e.run_id, e.seq
),
st as (
  insert into run_steps (run_id, epoch, path, step_id, visit, attempt, type, status, seq, input, output, source, error, started_at, began_at, ended_at, retry_at)
  select s.run_id, s.epoch, s.path, s.step_id, s.visit, s.attempt, s.type, s.status::step_status, s.seq, s.input, s.output, s.source,
         s.error, s.started_at, s.began_at, s.ended_at, s.retry_at
  from ${list('steps')} as s(run_id text, epoch int, path text, step_id text, visit int, attempt int, type text, status text, seq int,
         input json, output json, source text, error json, started_at timestamptz, began_at timestamptz, ended_at timestamptz, retry_at timestamptz)
    join moved on moved.id = s.run_id
  on conflict (run_id, epoch, path, step_id, visit, attempt) do update set
    status = excluded.status, seq = excluded.seq, output = excluded.output, source = excluded.source, error = excluded.error,
    began_at = coalesce(excluded.began_at, run_steps.began_at), ended_at = excluded.ended_at, retry_at = excluded.retry_at,
    input = coalesce(excluded.input, run_steps.input)
),
ended as (
  delete from work using given join moved on moved.id = given.id
  where work.id = any (array(select settles_id from given)) and work.id = given.settles_id
),
wo as (
  insert into work (id, kind, run_id, key, due, owner, fence, payload)
  select w.id, w.kind::work_kind, w.run_id, w.key, w.due, w.owner, w.fence, w.payload
  from ${list('work')} as w(moved text, id text, kind text, run_id text, key text, due timestamptz, owner text, fence int, payload json)
    join moved on moved.id = w.moved
)`

/**
 * The wait of that key. Looked up row by row: of a join the planner, who cannot know how few rows a list holds, would
 * make a scan of all waits.
 */
function waitOf(run: string, key: string): string {
  return `(select waits.id from waits where waits.run_id = ${run} and waits.key = ${key})`
}

const people: Part = (list) => `op as (
  insert into waits (id, run_id, key, kind, step_id, path, wait, opening, outcome, closed_by, priority, opened_at, expires_at, closed_at)
  select w.id, w.run_id, w.key, w.kind::wait_kind, w.step_id, w.path, w.wait, w.opening, w.outcome, w.closed_by,
         w.priority, w.opened_at, w.expires_at, w.closed_at
  from ${list('opened')} as w(run_id text, id text, key text, kind text, step_id text, path text, wait jsonb, opening json, outcome text,
         closed_by jsonb, priority int, opened_at timestamptz, expires_at timestamptz, closed_at timestamptz)
    join moved on moved.id = w.run_id
),
ch as (
  update waits set
    wait = case when c.wait is not null then c.wait else waits.wait end,
    expires_at = case when c.wait is not null then c.expires_at else waits.expires_at end,
    outcome = coalesce(c.closed->>'outcome', waits.outcome),
    closed_by = coalesce(nullif(c.closed->'by', 'null'), waits.closed_by),
    closed_at = coalesce((c.closed->>'at')::timestamptz, waits.closed_at)
  from ${list('changed')} as c(run_id text, key text, wait jsonb, expires_at timestamptz, closed jsonb) join moved on moved.id = c.run_id
  where waits.run_id = any (array(select id from moved)) and waits.run_id = c.run_id and waits.key = c.key
),
seats as (
  select coalesce(a.wait_id, ${waitOf('a.run_id', 'a.key')}) as wait_id, a.approver, a.email, a.user_id
  from ${list('approvers')} as a(run_id text, key text, wait_id text, approver text, email text, user_id text) join moved on moved.id = a.run_id
),
ap as (
  insert into wait_approvers (wait_id, approver, email, user_id) select wait_id, approver, email, user_id from seats
  on conflict (wait_id, approver) do update set email = excluded.email, user_id = excluded.user_id
),
left_seats as (
  delete from wait_approvers o
  where o.wait_id = any (array(select wait_id from seats)) and not exists (select 1 from seats n where n.wait_id = o.wait_id and n.approver = o.approver)
),
de as (
  insert into approval_decisions (wait_id, generation, approver, run_id, decision, comment, by, digest, at)
  select coalesce(d.wait_id, ${waitOf('d.run_id', 'd.wait')}), d.generation, d.approver, d.run_id, d.decision, d.comment, d.by, d.digest, d.at
  from ${list('decisions')} as d(run_id text, wait text, wait_id text, generation int, approver text, decision text, comment text, by jsonb,
         digest text, at timestamptz)
    join moved on moved.id = d.run_id
),
written_to as (
  select m.* from ${list('messages')} as m(run_id text, id text, work_id text, kind text, wait text, wait_id text, approver text, generation int,
         "to" text, at timestamptz)
    join moved on moved.id = m.run_id
),
me as (
  insert into messages (id, kind, run_id, wait_id, approver, generation, "to", data, status, created_at)
  select m.id, m.kind, m.run_id, coalesce(m.wait_id, ${waitOf('m.run_id', 'm.wait')}), m.approver, m.generation, m."to", '{}'::json, 'queued', m.at
  from written_to m
),
mw as (
  insert into work (id, kind, run_id, key, due, payload)
  select m.work_id, 'message', m.run_id, m.id, m.at, json_build_object('message_id', m.id) from written_to m
)`

const ai: Part = (list) => `ai as (
  insert into ai_calls (id, run_id, epoch, path, step_id, visit, attempt, position, provider, model, template_id, template_version,
                        retry_count, prompt, answer, violations, tokens_prompt, tokens_output, latency_ms, cost_usd, error, at)
  select a.id, a.run_id, a.epoch, a.path, a.step, a.visit, a.attempt, a.position, a.provider, a.model, a.template_id, a.template_version,
         a.retry_count, a.prompt, a.answer, a.violations, a.tokens_prompt, a.tokens_output, a.latency_ms, a.cost_usd, a.error, a.at
  from ${list('ai_calls')} as a(run_id text, id text, epoch int, path text, step text, visit int, attempt int, position int, provider text,
         model text, template_id text, template_version int, retry_count int, prompt text, answer text, violations jsonb, tokens_prompt int,
         tokens_output int, latency_ms int, cost_usd float8, error text, at timestamptz)
    join moved on moved.id = a.run_id
)`

const gone: Part = (list) => `gone as (
  delete from work
  using ${list('gone')} as g(run_id text, kind text, key text) join moved on moved.id = g.run_id join given on given.id = g.run_id
  where work.run_id = any (array(select id from moved)) and work.run_id = g.run_id and work.kind = g.kind::work_kind and work.key = g.key
    and work.id is distinct from given.settles_id
)`

const audit: Part = (list) => `au as (
  insert into audit_log (id, at, actor, action, target, detail, request_id)
  select a.id, a.at, a.actor, a.action, a.target, a.detail, a.request_id
  from ${list('audit')} as a(run_id text, id text, at timestamptz, actor jsonb, action text, target text, detail jsonb, request_id text)
    join moved on moved.id = a.run_id
)`

const sent: Part = () => `answered as (
  delete from effects using given join moved on moved.id = given.id
  where effects.work_id = any (array(select settles_id from given)) and effects.work_id = given.settles_id
)`

/** The steps that ended before the one it begins at, in their order and before all of its own. */
const fork: Part = () => `copied as (
  insert into run_steps (run_id, epoch, path, step_id, visit, attempt, type, status, seq, input, output, source, error, started_at, began_at, ended_at, retry_at)
  select moved.id, s.epoch, s.path, s.step_id, s.visit, s.attempt, s.type, s.status,
         row_number() over (partition by moved.id order by s.seq) - count(*) over (partition by moved.id), s.input, s.output, s.source, s.error, s.started_at, s.began_at, s.ended_at, s.retry_at
  from moved join given on given.id = moved.id, run_steps s
  where s.run_id = any (array(select forked_from from given)) and s.run_id = given.forked_from and s.path = 'root' and s.status = 'completed'
    and s.seq <= given.forked_seq and s.seq < coalesce((
      select max(last.seq) from run_steps last
      where last.run_id = s.run_id and last.path = 'root' and last.status = 'completed' and last.seq <= given.forked_seq and last.step_id = given.forked_at), 2147483647)
)`

const GROUP_PARTS: { readonly [G in Group]: Part } = { people, ai, gone, audit, sent, fork }
