/** What floats over the page: menus, popovers, the palette. Its appearing is animated by `motion-pop` of globals.css. */
export const floating = 'z-50 rounded-lg border bg-surface text-ink shadow-float outline-none motion-pop'
