import { z } from 'zod'
import { ROLES } from '../permissions.ts'
import { AnyId, Timestamp } from './common.ts'

export const RoleName = z.enum(ROLES)
export type RoleName = z.infer<typeof RoleName>

/** Roles that can be given: there is one owner, made at set-up. */
export const GivenRole = RoleName.exclude(['owner'])
export type GivenRole = z.infer<typeof GivenRole>

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ message: 'Give an e-mail address such as ada@example.com.' }))
export type Email = z.infer<typeof Email>

export const Password = z
  .string()
  .min(8, { message: 'Use at least 8 characters.' })
  .max(256, { message: 'Use at most 256 characters.' })
export type Password = z.infer<typeof Password>

export const PersonName = z
  .string()
  .trim()
  .max(200)
  .refine((name) => !/\p{Cc}/u.test(name), { message: 'Leave control characters out.' })
export type PersonName = z.infer<typeof PersonName>

const AccountToken = z.string().max(300)

export const SetUpInput = z.strictObject({
  token: AccountToken,
  email: Email,
  name: PersonName.optional(),
  password: Password,
})
export type SetUpInput = z.infer<typeof SetUpInput>

export const InviteInput = z.strictObject({ email: Email, role: GivenRole })
export type InviteInput = z.infer<typeof InviteInput>

export const AcceptInviteInput = z.strictObject({
  token: AccountToken,
  name: PersonName.optional(),
  password: Password,
})
export type AcceptInviteInput = z.infer<typeof AcceptInviteInput>

export const RequestResetInput = z.strictObject({ email: Email })
export type RequestResetInput = z.infer<typeof RequestResetInput>

export const ResetPasswordInput = z.strictObject({ token: AccountToken, password: Password })
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>

export const ChangePasswordInput = z.strictObject({ current: z.string().max(256), password: Password })
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>

export const ChangeRoleInput = z.strictObject({ id: AnyId, role: GivenRole })
export type ChangeRoleInput = z.infer<typeof ChangeRoleInput>

export const SetDisabledInput = z.strictObject({ id: AnyId, disabled: z.boolean() })
export type SetDisabledInput = z.infer<typeof SetDisabledInput>

export const Member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: RoleName,
  disabled: z.boolean(),
  created_at: Timestamp,
})
export type Member = z.infer<typeof Member>

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: GivenRole,
  created_at: Timestamp,
  expires_at: Timestamp,
  /** To be copied and handed over where no mail goes out. */
  link: z.string(),
})
export type Invitation = z.infer<typeof Invitation>

export const MemberList = z.object({
  members: z.array(Member),
  /** Open ones; empty for those who may not manage members. */
  invitations: z.array(Invitation),
})
export type MemberList = z.infer<typeof MemberList>

/** What an account page may show of the link it was opened with. */
export const AccountLinkFacts = z.object({
  kind: z.enum(['setup', 'invite', 'reset']),
  email: z.string().nullable(),
  role: RoleName.nullable(),
})
export type AccountLinkFacts = z.infer<typeof AccountLinkFacts>

/** Who is signed in. */
export const Me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: RoleName,
  permissions: z.array(z.string()),
})
export type Me = z.infer<typeof Me>
