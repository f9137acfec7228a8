/**
 * Puts a kept draft back into a form, unless it holds something newer already (`touched`), and keeps from now on what is
 * typed, under the key. Answers how to stop.
 */
export function keepDraft(form: HTMLFormElement, key: string, touched: boolean): () => void {
  const keep = () => {
    const entries = [...new FormData(form)].filter(
      ([name, value]) => !name.startsWith('$') && typeof value === 'string',
    )
    sessionStorage.setItem(key, JSON.stringify(entries))
  }
  if (touched) keep()
  else restore(form, sessionStorage.getItem(key))
  form.addEventListener('input', keep)
  return () => form.removeEventListener('input', keep)
}

function restore(form: HTMLFormElement, kept: string | null): void {
  if (kept === null) return
  let entries: unknown
  try {
    entries = JSON.parse(kept)
  } catch {
    // Not ours, or cut off when the storage was full: there is nothing to restore.
    return
  }
  if (!Array.isArray(entries)) return
  const texts = new Map<string, string[]>()
  for (const [name, value] of entries) texts.set(String(name), [...(texts.get(String(name)) ?? []), String(value)])
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) {
      control.checked = texts.get(control.name)?.includes(control.value) ?? false
    } else if (
      (control instanceof HTMLInputElement && control.type !== 'hidden') ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement
    ) {
      const text = texts.get(control.name)?.[0]
      if (text !== undefined) control.value = text
    }
  }
}
