import { z } from 'zod'
import { PROTOTYPE_KEYS } from '../json.ts'
import { JsonValue, Timestamp } from './common.ts'

/** A name that expressions can write: `static.<name>`, `secrets.<name>`. */
export const SettingName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, {
    message: 'Use letters, digits and underscores, not beginning with a digit.',
  })
  .refine((name) => !PROTOTYPE_KEYS.has(name), { message: 'This name is reserved. Choose another.' })
export type SettingName = z.infer<typeof SettingName>

/** How a sensitive constant is written, and read: its value is never shown again, and null leaves it as it is. */
export const SensitiveConstant = z.strictObject({ value: JsonValue, sensitive: z.boolean() })
export type SensitiveConstant = z.infer<typeof SensitiveConstant>

/**
 * Constants by name. Writing sets the named ones and leaves the others; null removes one; `{value, sensitive: true}`
 * marks one sensitive. What is read can be written back unchanged.
 */
export const StaticValues = z
  .record(SettingName, z.union([SensitiveConstant, JsonValue]))
  .meta({ example: { cms_url: 'https://cms.example.com', api_token: { value: 's3cret', sensitive: true } } })
export type StaticValues = z.infer<typeof StaticValues>

export const SetConstant = z.strictObject({
  name: SettingName,
  value: JsonValue,
  sensitive: z.boolean().default(false),
})
export type SetConstant = z.infer<typeof SetConstant>

export const DeleteConstant = z.strictObject({ name: SettingName })
export type DeleteConstant = z.infer<typeof DeleteConstant>

export const Constant = z.object({
  name: z.string(),
  /** null where it is sensitive: such a value is never shown again. */
  value: JsonValue,
  sensitive: z.boolean(),
  updated_at: Timestamp,
})
export type Constant = z.infer<typeof Constant>

export const ConstantList = z.object({ constants: z.array(Constant) })
export type ConstantList = z.infer<typeof ConstantList>

export const SecretFacts = z.object({
  name: z.string(),
  source: z.enum(['stored', 'environment']).meta({ description: '`environment`: from SCAFF_SECRET_<NAME>.' }),
  updated_at: Timestamp.nullable(),
})
export type SecretFacts = z.infer<typeof SecretFacts>

export const SecretList = z.object({ secrets: z.array(SecretFacts) })
export type SecretList = z.infer<typeof SecretList>

export const SecretParams = z.strictObject({ name: SettingName })
export type SecretParams = z.infer<typeof SecretParams>

export const SecretBody = z.strictObject({
  value: z.string().min(1).max(64_000).meta({ description: 'Encrypted before it is stored; no call ever answers it.' }),
})
export type SecretBody = z.infer<typeof SecretBody>
