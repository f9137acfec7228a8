import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import { accountTokens, messages, runSteps, runs, users, waits, workflowVersions } from '#drizzle/schema/index.ts'
import type { Json } from '#lib/json.ts'
import type { Role } from '#lib/permissions.ts'
import type { OutputSource, Profile } from '#lib/workflow/data.ts'
import type { Step } from '#lib/workflow/definition.ts'
import { isTimeZone } from '#lib/zone-time.ts'
import type { Db } from '#server/db/client.ts'

export type MessageRecord = typeof messages.$inferSelect
export type WaitRecord = typeof waits.$inferSelect
export interface AccountTokenRecord {
  readonly id: string
  readonly kind: 'setup' | 'invite' | 'reset'
  readonly email: string | null
  /** Of the account that the link leads to. */
  readonly role: Role | null
  readonly expiresAt: Date
  readonly usedAt: Date | null
}
export interface RunRecord {
  readonly id: string
  readonly workflowName: string
  readonly profile: Profile
  /** Of the version that the run goes by. */
  readonly steps: readonly Step[]
}

/** All that mails are made of, read at once for any number of them. */
export interface Records {
  readonly waits: ReadonlyMap<string, WaitRecord>
  readonly runs: ReadonlyMap<string, RunRecord>
  /** What steps of a run put out, in the order of their commits. */
  readonly outputs: ReadonlyMap<string, readonly { readonly output: Json; readonly source: OutputSource }[]>
  /** Where recipients who have an account are, by their address in lower case; those whose zone is not known are not in it. */
  readonly zones: ReadonlyMap<string, string>
  /** Tokens of invitations and resets. */
  readonly tokens: ReadonlyMap<string, AccountTokenRecord>
}

export async function loadRecords(db: Db, found: readonly MessageRecord[]): Promise<Records> {
  const waitIds = found.flatMap(({ waitId }) => waitId ?? [])
  const runIds = [...new Set(found.flatMap(({ runId }) => runId ?? []))]
  const tokenIds = found.flatMap((message) => accountTokenId(message) ?? [])
  const [waitRows, runRows, outputRows, tokenRows, zoneRows] = await Promise.all([
    waitIds.length === 0 ? [] : db.select().from(waits).where(inArray(waits.id, waitIds)),
    runIds.length === 0
      ? []
      : db
          .select({
            id: runs.id,
            workflowName: runs.workflowName,
            profile: runs.profile,
            definition: workflowVersions.definition,
          })
          .from(runs)
          .leftJoin(
            workflowVersions,
            and(eq(workflowVersions.workflowId, runs.workflowId), eq(workflowVersions.version, runs.workflowVersion)),
          )
          .where(inArray(runs.id, runIds)),
    runIds.length === 0
      ? []
      : db
          .select({ runId: runSteps.runId, output: runSteps.output, source: runSteps.source })
          .from(runSteps)
          .where(and(inArray(runSteps.runId, runIds), eq(runSteps.status, 'completed'), isNotNull(runSteps.source)))
          .orderBy(asc(runSteps.epoch), asc(runSteps.seq)),
    tokenIds.length === 0 ? [] : loadTokens(db, tokenIds),
    loadZones(db, found),
  ])
  const outputs = new Map<string, { output: Json; source: OutputSource }[]>()
  for (const { runId, output, source } of outputRows) {
    const list = outputs.get(runId) ?? []
    list.push({ output, source: source as OutputSource })
    outputs.set(runId, list)
  }
  return {
    waits: new Map(waitRows.map((row) => [row.id, row])),
    runs: new Map(runRows.map(({ definition, ...run }) => [run.id, { ...run, steps: definition?.steps ?? [] }])),
    outputs,
    zones: new Map(zoneRows.flatMap(({ email, zone }) => (zone === null ? [] : [[email, zone] as const]))),
    tokens: new Map(tokenRows.map((row) => [row.id, row])),
  }
}

function loadZones(db: Db, found: readonly MessageRecord[]) {
  const addresses = [...new Set(found.map(addressOf))]
  return db
    .select({ email: users.email, zone: users.timeZone })
    .from(users)
    .where(and(inArray(users.email, addresses), isNotNull(users.timeZone)))
}

/** As accounts have it. */
function addressOf({ to }: MessageRecord): string {
  return to.trim().toLowerCase()
}

/** In which zone a mail tells times; null: in UTC alone. */
export function zoneOf(message: MessageRecord, { zones }: Records): string | null {
  const zone = zones.get(addressOf(message)) ?? ''
  return isTimeZone(zone) ? zone : null
}

async function loadTokens(db: Db, ids: readonly string[]): Promise<AccountTokenRecord[]> {
  const rows = await db
    .select({
      id: accountTokens.id,
      kind: accountTokens.kind,
      email: accountTokens.email,
      invitedAs: accountTokens.role,
      accountRole: users.role,
      expiresAt: accountTokens.expiresAt,
      usedAt: accountTokens.usedAt,
    })
    .from(accountTokens)
    .leftJoin(users, eq(users.id, accountTokens.userId))
    .where(inArray(accountTokens.id, [...ids]))
  return rows.map(({ invitedAs, accountRole, ...row }) => ({ ...row, role: accountRole ?? invitedAs }))
}

export async function findMessage(db: Db, id: string): Promise<MessageRecord | null> {
  const [row] = await db.select().from(messages).where(eq(messages.id, id))
  return row ?? null
}

export function accountTokenId({ data }: MessageRecord): string | null {
  return typeof data.account_token_id === 'string' ? data.account_token_id : null
}
