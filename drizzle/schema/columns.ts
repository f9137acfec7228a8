import { timestamp } from 'drizzle-orm/pg-core'

/** An instant: always with time zone, read as a Date, kept to the millisecond so that it equals its JSON form. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
