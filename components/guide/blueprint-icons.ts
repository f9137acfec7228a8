import {
  Banknote,
  ClipboardList,
  FileSignature,
  Handshake,
  Inbox,
  type LucideIcon,
  Mail,
  MessageCircleReply,
  Newspaper,
  Receipt,
  ShoppingCart,
  Siren,
  UserCheck,
} from 'lucide-react'
import type { BlueprintIcon } from '#lib/blueprints/blueprint.ts'

export const BLUEPRINT_ICON: Readonly<Record<BlueprintIcon, LucideIcon>> = {
  banknote: Banknote,
  'clipboard-list': ClipboardList,
  'file-signature': FileSignature,
  handshake: Handshake,
  inbox: Inbox,
  mail: Mail,
  'message-circle-reply': MessageCircleReply,
  newspaper: Newspaper,
  receipt: Receipt,
  'shopping-cart': ShoppingCart,
  siren: Siren,
  'user-check': UserCheck,
}
