import { json, timestamp } from 'drizzle-orm/pg-core'

/** An instant: always with time zone, read as a Date, kept to the millisecond so that it equals its JSON form. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/**
 * JSON that people wrote or will read: kept to the letter, so that the order of keys is the author's. PostgreSQL's `jsonb`
 * sorts them, which is right only for what queries look into. A `json` column knows no equality: neither `=`, `distinct`
 * nor `group by` take it.
 */
export const asWritten = <T>(name: string) => json(name).$type<T>()
