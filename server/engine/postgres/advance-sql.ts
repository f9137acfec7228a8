/**
 * The statement of `advance`. Its only parameter is a JSON list of documents, one for each run that moves; each part of
 * them becomes the rows of one insert, and every insert hangs on `moved`, which lacks the runs whose compare-and-set failed.
 * The planner cannot know how few rows a document holds: what is looked up in a table is named by `any (array(…))` or row by
 * row, else it would read the table as a whole (`advance-plan.int.test.ts`).
 * All of it is `json`, never `jsonb`, which would sort the keys that people wrote; the documents are taken apart once.
 */
const DOCUMENTS = `
with doc as materialized (
  select d.run->>'id' as run_id, d.*
  from json_array_elements($1::text::json) as given(document), json_to_record(given.document) as d(run json, settles jsonb,
    events json, steps json, opened json, changed json, approvers json, decisions json, ai_calls json, work json, gone json,
    messages json, audit json)
)`

/**
 * Creates the run. An idempotency key that exists leaves `moved` empty, as does the run itself, where an answer was lost
 * after the commit, and a caller that is over: it is locked, so
 * that nothing begins for it after its cancel was acknowledged. One that branches off another takes that one's steps along.
 */
export const INSERT_HEAD = `${DOCUMENTS},
parent as (
  select runs.id from runs
  where runs.id = any (array(select doc.run->>'parent_run_id' from doc)) and runs.status not in ('completed', 'failed', 'canceled') for share of runs
),
moved as (
  insert into runs (id, workflow_id, workflow_version, workflow_name, status, state, revision, epoch, current_step, inputs,
                    static, profile, outputs, error, idempotency_key, fingerprint, request_id, parent_run_id, parent_activity,
                    forked_from, forked_at, concurrency_key, concurrency_max, created_at, updated_at, ended_at)
  select r.id, r.workflow_id, r.workflow_version, r.workflow_name, r.status::run_status, r.state, 1, r.epoch, r.current_step, r.inputs,
         r.static, r.profile, r.outputs, r.error, r.idempotency_key, r.fingerprint, r.request_id, r.parent_run_id, r.parent_activity,
         r.forked_from, r.forked_at, r.concurrency_key, r.concurrency_max, r.at, r.at, r.ended_at
  from doc, json_to_record(doc.run) as r(id text, workflow_id text, workflow_version int, workflow_name text, status text,
       state json, epoch int, current_step text, inputs json, static json, profile jsonb, outputs json, error jsonb,
       idempotency_key text, fingerprint text, request_id text, parent_run_id text, parent_activity json, forked_from text,
       forked_at text, concurrency_key text, concurrency_max int, at timestamptz, ended_at timestamptz)
  where r.parent_run_id is null or exists (select 1 from parent where parent.id = r.parent_run_id)
  on conflict do nothing
  returning id
),
copied as (
  insert into run_steps (run_id, epoch, path, step_id, visit, attempt, type, status, seq, input, output, source, error, started_at, began_at, ended_at, retry_at)
  select moved.id, s.epoch, s.path, s.step_id, s.visit, s.attempt, s.type, s.status,
         row_number() over (partition by moved.id order by s.seq) - count(*) over (partition by moved.id), s.input, s.output, s.source, s.error, s.started_at, s.began_at, s.ended_at, s.retry_at
  from moved join doc on doc.run_id = moved.id, run_steps s
  where s.run_id = any (array(select doc.run->>'forked_from' from doc)) and s.run_id = doc.run->>'forked_from' and s.path = 'root' and s.status = 'completed' and s.seq < coalesce((
      select max(last.seq) from run_steps last
      where last.run_id = s.run_id and last.path = 'root' and last.status = 'completed' and last.step_id = doc.run->>'forked_at'), 2147483647)
)`

/** Moves the run on, if its revision is still the one that was read and, for a settlement, the lease is still held. */
export const UPDATE_HEAD = `${DOCUMENTS},
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
  from doc, json_to_record(doc.run) as r(id text, revision int, status text, state json, epoch int, current_step text,
       inputs json, outputs json, error jsonb, at timestamptz, ended_at timestamptz, added_cost_usd float8, added_tokens int)
  where runs.id = any (array(select run_id from doc)) and runs.id = r.id and runs.revision = r.revision
    and (doc.settles is null or exists (
      select 1 from work where work.id = doc.settles->>'id' and work.fence = (doc.settles->>'fence')::int
                           and work.owner is not distinct from doc.settles->>'owner'))
  returning runs.id
)`

/**
 * The wait of that key. Looked up row by row: of a join the planner, who cannot know how few rows a document holds, would
 * make a scan of all waits.
 */
function waitOf(key: string): string {
  return `(select waits.id from waits where waits.run_id = moved.id and waits.key = ${key})`
}

/** Only for a settlement of what was kept as sent: nothing else pays for it. */
export const SENT = `,
answered as (
  delete from effects using moved join doc on doc.run_id = moved.id
  where effects.work_id = any (array(select doc.settles->>'id' from doc)) and effects.work_id = doc.settles->>'id'
)`

export const TAIL = `,
ev as (
  insert into run_events (run_id, seq, epoch, type, at, step_id, path, data)
  select moved.id, e.seq, e.epoch, e.type, e.at, e.step_id, e.path, e.data
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.events) as e(seq int, epoch int, type text, at timestamptz, step_id text, path text, data json)
  order by moved.id, e.seq
),
st as (
  insert into run_steps (run_id, epoch, path, step_id, visit, attempt, type, status, seq, input, output, source, error, started_at, began_at, ended_at, retry_at)
  select moved.id, s.epoch, s.path, s.step_id, s.visit, s.attempt, s.type, s.status::step_status, s.seq, s.input, s.output, s.source,
         s.error, s.started_at, s.began_at, s.ended_at, s.retry_at
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.steps) as s(epoch int, path text, step_id text, visit int, attempt int, type text,
       status text, seq int, input json, output json, source text, error json, started_at timestamptz, began_at timestamptz,
       ended_at timestamptz, retry_at timestamptz)
  on conflict (run_id, epoch, path, step_id, visit, attempt) do update set
    status = excluded.status, seq = excluded.seq, output = excluded.output, source = excluded.source, error = excluded.error,
    began_at = coalesce(excluded.began_at, run_steps.began_at), ended_at = excluded.ended_at, retry_at = excluded.retry_at,
    input = coalesce(excluded.input, run_steps.input)
),
op as (
  insert into waits (id, run_id, key, kind, step_id, path, wait, opening, outcome, closed_by, priority, opened_at, expires_at, closed_at)
  select w.id, moved.id, w.key, w.kind::wait_kind, w.step_id, w.path, w.wait, w.opening, w.outcome, w.closed_by,
         w.priority, w.opened_at, w.expires_at, w.closed_at
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.opened) as w(id text, key text, kind text, step_id text, path text, wait jsonb,
       opening json, outcome text, closed_by jsonb, priority int, opened_at timestamptz, expires_at timestamptz, closed_at timestamptz)
),
ch as (
  update waits set
    wait = case when c.wait is not null then c.wait else waits.wait end,
    expires_at = case when c.wait is not null then c.expires_at else waits.expires_at end,
    outcome = coalesce(c.closed->>'outcome', waits.outcome),
    closed_by = coalesce(nullif(c.closed->'by', 'null'), waits.closed_by),
    closed_at = coalesce((c.closed->>'at')::timestamptz, waits.closed_at)
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.changed) as c(key text, wait jsonb, expires_at timestamptz, closed jsonb)
  where waits.run_id = any (array(select run_id from doc)) and waits.run_id = moved.id and waits.key = c.key
),
seats as (
  select coalesce(a.wait_id, ${waitOf('a.key')}) as wait_id, a.approver, a.email, a.user_id
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.approvers) as a(key text, wait_id text, approver text, email text, user_id text)
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
  select coalesce(d.wait_id, ${waitOf('d.wait')}), d.generation, d.approver, moved.id, d.decision, d.comment, d.by, d.digest, d.at
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.decisions) as d(wait text, wait_id text, generation int, approver text,
       decision text, comment text, by jsonb, digest text, at timestamptz)
),
ai as (
  insert into ai_calls (id, run_id, epoch, path, step_id, visit, attempt, position, provider, model, template_id, template_version,
                        retry_count, prompt, answer, violations, tokens_prompt, tokens_output, latency_ms, cost_usd, error, at)
  select a.id, moved.id, a.epoch, a.path, a.step, a.visit, a.attempt, a.position, a.provider, a.model, a.template_id, a.template_version,
         a.retry_count, a.prompt, a.answer, a.violations, a.tokens_prompt, a.tokens_output, a.latency_ms, a.cost_usd, a.error, a.at
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.ai_calls) as a(id text, epoch int, path text, step text, visit int, attempt int,
       position int, provider text, model text, template_id text, template_version int, retry_count int, prompt text, answer text,
       violations jsonb, tokens_prompt int, tokens_output int, latency_ms int, cost_usd float8, error text, at timestamptz)
),
ended as (
  delete from work using moved join doc on doc.run_id = moved.id
  where work.id = any (array(select doc.settles->>'id' from doc)) and work.id = doc.settles->>'id'
),
gone as (
  delete from work using moved join doc on doc.run_id = moved.id, json_to_recordset(doc.gone) as g(kind text, key text)
  where work.run_id = any (array(select run_id from doc)) and work.run_id = moved.id and work.kind = g.kind::work_kind and work.key = g.key
    and work.id is distinct from doc.settles->>'id'
),
wo as (
  insert into work (id, kind, run_id, key, due, owner, fence, payload)
  select w.id, w.kind::work_kind, coalesce(w.run_id, moved.id), w.key, w.due, w.owner, w.fence, w.payload
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.work) as w(id text, kind text, run_id text, key text, due timestamptz, owner text,
       fence int, payload json)
  returning id, run_id, owner, fence, payload
),
me as (
  insert into messages (id, kind, run_id, wait_id, approver, generation, "to", data, status, created_at)
  select m.id, m.kind, moved.id, coalesce(m.wait_id, ${waitOf('m.wait')}), m.approver, m.generation, m."to", '{}'::json, 'queued', m.at
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.messages) as m(id text, kind text, wait text, wait_id text,
       approver text, generation int, "to" text, at timestamptz)
),
mw as (
  insert into work (id, kind, run_id, key, due, payload)
  select m.work_id, 'message', moved.id, m.id, m.at, json_build_object('message_id', m.id)
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.messages) as m(id text, work_id text, at timestamptz)
),
au as (
  insert into audit_log (id, at, actor, action, target, detail, request_id)
  select a.id, a.at, a.actor, a.action, a.target, a.detail, a.request_id
  from moved join doc on doc.run_id = moved.id, json_to_recordset(doc.audit) as a(id text, at timestamptz, actor jsonb, action text, target text, detail jsonb, request_id text)
)
select moved.id as run_id, (
    select json_agg(json_build_object('id', wo.id, 'fence', wo.fence, 'payload', wo.payload))
    from wo where wo.run_id = moved.id and wo.owner is not null) as claimed
from moved`
