import { z } from 'zod'
import { PERMISSIONS } from '../permissions.ts'
import { AnyId, Timestamp } from './common.ts'
import { GivenRole, RoleName } from './members.ts'

export const AgentType = z.enum(['openai', 'claude', 'custom'])
export type AgentType = z.infer<typeof AgentType>

export const CreateApiKey = z.strictObject({
  name: z.string().trim().min(1).max(200),
  role: GivenRole,
  scopes: z
    .array(z.enum(PERMISSIONS))
    .max(PERMISSIONS.length)
    .optional()
    .meta({ description: 'Narrows the role; without it everything the role may do.' }),
  agent_id: z.string().trim().min(1).max(200).optional(),
  agent_type: AgentType.optional(),
  rate_limit: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .meta({ description: 'Requests a minute; 600 by default, 5,000 for admin.' }),
  quota: z.int().min(1).max(10_000_000).optional().meta({ description: 'Runs a day; unbounded by default.' }),
  expires_at: Timestamp.optional(),
})
export type CreateApiKey = z.infer<typeof CreateApiKey>

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  role: RoleName,
  scopes: z.array(z.string()).nullable(),
  agent_id: z.string().nullable(),
  agent_type: AgentType.nullable(),
  rate_limit: z.int().nullable(),
  quota: z.int().nullable(),
  hint: z.string().meta({ description: 'The last characters of the key, to recognise it by.' }),
  created_at: Timestamp,
  expires_at: Timestamp.nullable(),
  last_used_at: Timestamp.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreatedApiKey = ApiKey.extend({
  key: z.string().meta({ description: 'Shown this once.' }),
})
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const ApiKeyList = z.object({ api_keys: z.array(ApiKey) })
export type ApiKeyList = z.infer<typeof ApiKeyList>

export const ApiKeyParams = z.strictObject({ id: AnyId })
export type ApiKeyParams = z.infer<typeof ApiKeyParams>
