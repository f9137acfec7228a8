import { asc, eq } from 'drizzle-orm'
import { constants } from '#drizzle/schema/index.ts'
import {
  type Constant,
  type ConstantList,
  DeleteConstant,
  SensitiveConstant,
  SetConstant,
  StaticValues,
} from '#lib/contracts/settings.ts'
import type { Json } from '#lib/json.ts'
import { audit, type Tx } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'

/** Workspace constants by name; the values of sensitive ones never leave. */
export async function listConstants({ ctx }: { ctx: ServiceContext }): Promise<ConstantList> {
  authorise(ctx, 'settings:read')
  const rows = await ctx.app.database.db.select().from(constants).orderBy(asc(constants.name))
  return { constants: rows.map(constantOf) }
}

/** The same as one object, the form in which they are written. */
export async function getStatics({ ctx }: { ctx: ServiceContext }): Promise<StaticValues> {
  const list = await listConstants({ ctx })
  return Object.fromEntries(
    list.constants.map(({ name, value, sensitive }) => [name, sensitive ? { value: null, sensitive } : value]),
  )
}

/** Sets the named constants and leaves the others; null removes one. Answers all of them. */
export async function putStatics({ ctx, input }: { ctx: ServiceContext; input: StaticValues }): Promise<StaticValues> {
  authorise(ctx, 'settings:write')
  const values = parseInput(StaticValues, input)
  await ctx.app.database.db.transaction(async (tx) => {
    for (const [name, given] of Object.entries(values)) {
      const marked = SensitiveConstant.safeParse(given)
      if (given === null) await remove(ctx, tx, name)
      else if (!marked.success) await store(ctx, tx, { name, value: given, sensitive: false })
      else if (marked.data.value !== null) await store(ctx, tx, { name, ...marked.data })
    }
  })
  return getStatics({ ctx })
}

export async function setConstant({ ctx, input }: { ctx: ServiceContext; input: SetConstant }): Promise<void> {
  authorise(ctx, 'settings:write')
  const constant = parseInput(SetConstant, input)
  await ctx.app.database.db.transaction((tx) => store(ctx, tx, constant))
}

export async function deleteConstant({ ctx, input }: { ctx: ServiceContext; input: DeleteConstant }): Promise<void> {
  authorise(ctx, 'settings:write')
  const { name } = parseInput(DeleteConstant, input)
  await ctx.app.database.db.transaction((tx) => remove(ctx, tx, name))
}

/** The audit tells that a value was set, never which. */
async function store(
  ctx: ServiceContext,
  tx: Tx,
  { name, value, sensitive }: { name: string; value: Json; sensitive: boolean },
): Promise<void> {
  const row = {
    value,
    sensitive,
    updatedAt: ctx.app.clock.now(),
    updatedBy: ctx.actor !== null && 'id' in ctx.actor ? ctx.actor.id : null,
  }
  await tx
    .insert(constants)
    .values({ name, ...row })
    .onConflictDoUpdate({ target: constants.name, set: row })
  await audit(ctx, tx, { action: 'constant.set', target: name, detail: { sensitive } })
}

async function remove(ctx: ServiceContext, tx: Tx, name: string): Promise<void> {
  const gone = await tx.delete(constants).where(eq(constants.name, name)).returning({ name: constants.name })
  if (gone.length > 0) await audit(ctx, tx, { action: 'constant.delete', target: name, detail: {} })
}

function constantOf(row: typeof constants.$inferSelect): Constant {
  return {
    name: row.name,
    value: row.sensitive ? null : row.value,
    sensitive: row.sensitive,
    updated_at: row.updatedAt.toISOString(),
  }
}
