import { newId } from '#lib/ids.ts'
import type { Sql } from '#server/db/client.ts'

/**
 * The script that one would write without an engine: it knows beforehand what comes, so it computes nothing and asks for
 * nothing; it only commits. Its rows are those of a run that the engine made, in tables and indexes like the engine's.
 */
export interface PlainScript {
  /** How many commits one run takes. */
  readonly commits: number
  /** All rows of one run, commit after commit. */
  run(): Promise<void>
}

/** Copies a run's rows as a script, by the commits the engine made of them. */
export async function plainScript(sql: Sql, run_id: string): Promise<PlainScript> {
  await sql.unsafe(TABLES)
  const [run] = await sql<RunRow[]>`
    select workflow_id, workflow_version, workflow_name, status, state::text, epoch, current_step, inputs::text, static::text,
      profile::text, outputs::text, request_id, created_at::text, ended_at::text from runs where id = ${run_id}`
  if (!run) throw new Error(`${run_id} is not there`)
  const commits = await commitsOf(sql, run_id)
  return {
    commits: commits.length,
    async run() {
      const id = newId('run')
      for (const [i, commit] of commits.entries()) {
        await (i === 0
          ? insert(sql, id, run, commit, commits.length === 1)
          : update(sql, id, run, commit, i === commits.length - 1))
      }
    },
  }
}

const TABLES = `
  create table if not exists plain_runs (like runs including all);
  create table if not exists plain_steps (like run_steps including all);
  create table if not exists plain_events (like run_events including all)`

interface RunRow {
  readonly workflow_id: string
  readonly workflow_version: number
  readonly workflow_name: string
  readonly status: string
  readonly state: string
  readonly epoch: number
  readonly current_step: string | null
  readonly inputs: string
  readonly static: string
  readonly profile: string
  readonly outputs: string | null
  readonly request_id: string
  readonly created_at: string
  readonly ended_at: string | null
}

/** Rows of one commit, column by column: each an array as PostgreSQL writes it, made once. */
interface Commit {
  readonly steps: Columns
  readonly events: Columns
}
type Columns = readonly string[]

const STEP_COLUMNS = [
  'epoch',
  'path',
  'step_id',
  'visit',
  'attempt',
  'type',
  'status',
  'seq',
  'input',
  'output',
  'source',
  'started_at',
  'began_at',
  'ended_at',
] as const
const EVENT_COLUMNS = ['seq', 'epoch', 'type', 'at', 'step_id', 'path', 'data'] as const

/** Rows that one transaction wrote have the same `xmin`; a step belongs to the commit that ended it. */
async function commitsOf(sql: Sql, run_id: string): Promise<Commit[]> {
  const asText = (columns: readonly string[]) => columns.map((name) => `${name}::text`).join(', ')
  const events = await sql.unsafe<Row[]>(
    `select xmin::text as tx, ${asText(EVENT_COLUMNS)} from run_events where run_id = $1 order by run_events.seq`,
    [run_id],
  )
  const steps = await sql.unsafe<Row[]>(
    `select xmin::text as tx, ${asText(STEP_COLUMNS)} from run_steps where run_id = $1 order by run_steps.seq`,
    [run_id],
  )
  return [...new Set(events.map((event) => event.tx))].map((tx) => ({
    steps: byColumn(steps, tx, STEP_COLUMNS),
    events: byColumn(events, tx, EVENT_COLUMNS),
  }))
}

type Row = Readonly<Record<string, string | null>>

function byColumn(rows: readonly Row[], tx: string | null | undefined, columns: readonly string[]): Columns {
  const own = rows.filter((row) => row.tx === tx)
  return columns.map((name) => `{${own.map((row) => element(row[name] ?? null)).join(',')}}`)
}

function element(value: string | null): string {
  return value === null ? 'NULL' : `"${value.replaceAll(/["\\]/g, '\\$&')}"`
}

const ROWS = (first: number): string => {
  const at = (i: number) => `$${first + i}`
  const s = STEP_COLUMNS.length
  return `
  , steps as (
    insert into plain_steps (run_id, ${STEP_COLUMNS.join(', ')})
    select $1, epoch, path, step_id, visit, attempt, type, status::step_status, seq, input::json, output::json, source, started_at,
      began_at, ended_at
    from unnest(${at(0)}::text::int[], ${at(1)}::text::text[], ${at(2)}::text::text[], ${at(3)}::text::int[], ${at(4)}::text::int[], ${at(5)}::text::text[], ${at(6)}::text::text[],
      ${at(7)}::text::int[], ${at(8)}::text::text[], ${at(9)}::text::text[], ${at(10)}::text::text[], ${at(11)}::text::timestamptz[], ${at(12)}::text::timestamptz[],
      ${at(13)}::text::timestamptz[]) as s(${STEP_COLUMNS.join(', ')})
  )
  insert into plain_events (run_id, ${EVENT_COLUMNS.join(', ')})
  select $1, seq, epoch, type, at, step_id, path, data::json
  from unnest(${at(s)}::text::int[], ${at(s + 1)}::text::int[], ${at(s + 2)}::text::text[], ${at(s + 3)}::text::timestamptz[], ${at(s + 4)}::text::text[],
    ${at(s + 5)}::text::text[], ${at(s + 6)}::text::text[]) as e(${EVENT_COLUMNS.join(', ')})`
}

const INSERT = `with run as (
    insert into plain_runs (id, status, state, current_step, updated_at, ended_at, outputs, workflow_id, workflow_version, workflow_name,
      revision, epoch, inputs, static, profile, request_id, created_at)
    values ($1, $2::run_status, $3::text::json, $4, $5::timestamptz, $6::timestamptz, $7::text::json, $8, $9::int, $10, 1, $11::int,
      $12::text::json, $13::text::json, $14::text::jsonb, $15, $5::timestamptz)
  )${ROWS(16)}`

const UPDATE = `with run as (
    update plain_runs set status = $2::run_status, state = $3::text::json, current_step = $4, updated_at = $5::timestamptz,
      ended_at = $6::timestamptz, outputs = $7::text::json, revision = revision + 1
    where id = $1
  )${ROWS(8)}`

function insert(sql: Sql, id: string, run: RunRow, commit: Commit, last: boolean): Promise<unknown> {
  const { workflow_id, workflow_version, workflow_name, epoch, inputs, profile, request_id } = run
  const more = [workflow_id, workflow_version, workflow_name, epoch, inputs, run.static, profile, request_id]
  return send(sql, INSERT, [...common(id, run, last), ...more], commit)
}

function update(sql: Sql, id: string, run: RunRow, commit: Commit, last: boolean): Promise<unknown> {
  return send(sql, UPDATE, common(id, run, last), commit)
}

function common(id: string, run: RunRow, last: boolean): Parameter[] {
  const { status, state, current_step, created_at, ended_at, outputs } = run
  return last
    ? [id, status, state, current_step, ended_at ?? created_at, ended_at, outputs]
    : [id, 'running', state, current_step, created_at, null, null]
}

type Parameter = string | number | null

function send(sql: Sql, statement: string, values: readonly Parameter[], { steps, events }: Commit): Promise<unknown> {
  return sql.unsafe(statement, [...values, ...[...steps, ...events]], { prepare: true })
}
