import { NAMESPACES, type Namespace } from '../scope.ts'

const SPACES: ReadonlySet<string> = new Set(NAMESPACES)

/** Whether a bare name is a namespace rather than something in `runtime`. */
export function isNamespace(name: string): name is Namespace {
  return SPACES.has(name)
}

/** The two names under which secrets stand. */
export function isSecretSpace(name: string): name is 'env' | 'secrets' {
  return name === 'env' || name === 'secrets'
}

/** Only the secrets a step names are decrypted for it, so neither the whole namespace nor a computed name has a value. */
export const SECRETS_BY_NAME = {
  message: 'Secrets are read one by one, by their name.',
  hint: 'Write secrets.NAME.',
} as const
