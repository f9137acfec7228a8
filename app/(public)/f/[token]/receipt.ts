/** The cookie by which the browser that sent a form is shown again what was sent. Its path is the form's own address. */
export const RECEIPT = 'scaff-receipt'
export const RECEIPT_SECONDS = 86_400
