import type { Sql } from '#server/db/client.ts'

/** A mark as it was committed. */
export interface Mark {
  readonly message_id: string
  /** The process that committed it. */
  readonly worker: string
}

/** From here on the database keeps who committed which mark, in the commit of the mark itself. */
export async function keepMarks(sql: Sql): Promise<void> {
  await sql`create table marks (message_id text not null, worker text not null)`
  await sql`
    create function keep_mark() returns trigger language plpgsql as $$ begin
      insert into marks values (new.id, current_setting('application_name'));
      return null;
    end $$`
  await sql`
    create trigger keep_mark after update on messages for each row
    when (new.sending is not null and new.sending is distinct from old.sending) execute function keep_mark()`
}

export const readMarks = (sql: Sql) => sql<Mark[]>`select message_id, worker from marks`
