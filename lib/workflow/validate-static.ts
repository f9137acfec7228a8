import { isJsonObject, type Json } from '../json.ts'
import type { SourcePath } from './diagnostics.ts'
import type { Reporter } from './normalise-report.ts'

const SECRET_NAME =
  /(?:^|[_-])(?:api_?key|secret|token|passw(?:or)?d|private_?key|access_?key|credentials?|bearer)(?:$|[_-])/i
/** Forms in which services hand out credentials. */
const SECRET_VALUE =
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bAKIA[A-Z0-9]{12,}|\bscf_[A-Za-z0-9]{20,}|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bBearer\s+[A-Za-z0-9._~+/-]{16,}/

/** Constants stand in the file for everyone to read: what looks like a credential belongs among the secrets. */
export function checkStatic(constants: Json, reporter: Reporter, path: SourcePath = ['static']): void {
  if (Array.isArray(constants)) {
    for (const [i, item] of constants.entries()) checkConstant(String(path.at(-1)), item, [...path, i], reporter)
  } else if (isJsonObject(constants)) {
    for (const [name, value] of Object.entries(constants)) checkConstant(name, value, [...path, name], reporter)
  }
}

function checkConstant(name: string, value: Json, path: SourcePath, reporter: Reporter): void {
  if (typeof value !== 'string') {
    checkStatic(value, reporter, path)
    return
  }
  const spoken = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2')
  const telling = SECRET_NAME.test(spoken) && value.length >= 6 && !/\s/.test(value.trim())
  if (!telling && !SECRET_VALUE.test(value)) return
  const message = `${name} looks like a credential, and constants are shown to everyone. Store it as a secret and read it as env.${name.toUpperCase()}.`
  reporter.warning('static.looks_secret', message, path)
}
