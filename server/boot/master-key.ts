import type { Keyring } from '#server/auth/keyring.ts'
import type { Database } from '#server/db/client.ts'
import { BootError } from './boot-error.ts'

const CHECK = 'master_key_check'

/**
 * Whether this database was set up with this master key: another one could read none of its secrets, and would make every
 * link and session of it invalid.
 *
 * @throws BootError when it is a different key.
 */
export async function checkMasterKey({ sql }: Database, keys: Keyring): Promise<void> {
  const value = JSON.stringify(keys.checkValue())
  await sql`insert into system (key, value) values (${CHECK}, ${value}::text::jsonb) on conflict (key) do nothing`
  const [row] = await sql<
    { same: boolean }[]
  >`select value = ${value}::text::jsonb as same from system where key = ${CHECK}`
  if (!row?.same) {
    throw new BootError(
      'SCAFF_SECRET_KEY is not the key this database was set up with. Give that key (without the setting it is the file secret-key in the data folder), or use another database.',
    )
  }
}
