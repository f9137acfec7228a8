/** The tour through the product, in its order. Apart from its contract, because every page of the app shows it. */
export const GUIDE_STEPS = ['editor', 'run', 'form', 'mail', 'approval', 'timeline'] as const
