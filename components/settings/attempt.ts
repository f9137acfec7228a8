/** Whether it worked. Why it did not is shown from the mutation's own state. */
export async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch {
    return false
  }
}
