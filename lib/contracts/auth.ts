import { z } from 'zod'

export const LoginRequest = z.strictObject({
  email: z
    .string()
    .max(254)
    .refine((email) => !/\p{Cc}/u.test(email), { message: 'Leave control characters out.' }),
  password: z.string().max(256),
})
export type LoginRequest = z.infer<typeof LoginRequest>

export const RefreshRequest = z.strictObject({ refresh_token: z.string().max(200) })
export type RefreshRequest = z.infer<typeof RefreshRequest>

export const TokenPair = z.object({
  access_token: z.string().meta({ description: 'Send it as `Authorization: Bearer …`.' }),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds the access token is good for.' }),
  refresh_token: z.string().meta({ description: 'Good for one use; the answer carries the next.' }),
})
export type TokenPair = z.infer<typeof TokenPair>
