/** What every text-like control shares. 16 px on small screens, or phones zoom in when it is focused. */
export const control =
  'w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-base text-ink shadow-raised transition-colors placeholder:text-ink-subtle hover:border-ink-subtle disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-subtle aria-invalid:border-bad sm:text-sm'
