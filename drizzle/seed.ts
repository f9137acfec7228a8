import type { Database } from '#server/db/client.ts'
import { templates, templateVersions } from './schema/index.ts'

/** Stored prompts that every installation begins with; the workflows in the examples name them. */
const PROMPTS: Readonly<Record<string, string>> = {
  content_v1: `Write a short piece about {topic} for {audience}.

Say what matters first, use plain words, and end with one thing the reader can do today.`,

  blog_outline_v2: `Outline a blog post about {topic} for {audience}.

Tone: {tone}.
Give it a title that promises something concrete, and three to seven sections. Each section has a heading and the key points it makes, in the order in which the reader needs them.`,

  blog_draft_v1: `Write a blog post about {topic} for {audience}.

Begin with why it matters to them. Use short paragraphs and concrete examples.`,

  blog_draft_v3: `Write the full text of a blog post about {topic} for {audience}.

Tone: {tone}.
Length: about {word_count} words.

Follow this outline, section by section:
{sections}

Also write a description of at most 160 characters for search engines, and up to five tags.`,
}

/** Puts in what every installation has. Called at every start: it adds what is missing and changes nothing else. */
export async function seed(database: Database): Promise<void> {
  await database.db.transaction(async (tx) => {
    const ids = Object.keys(PROMPTS)
    const added = await tx
      .insert(templates)
      .values(ids.map((id) => ({ id, version: 1 })))
      .onConflictDoNothing()
      .returning({ id: templates.id })
    const rows = added.map(({ id }) => ({
      templateId: id,
      version: 1,
      content: PROMPTS[id] ?? '',
      message: 'Comes with Scaff',
    }))
    if (rows.length > 0) await tx.insert(templateVersions).values(rows)
  })
}
