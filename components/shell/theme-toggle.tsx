'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { Segmented } from '#components/ui/segmented.tsx'
import type { Theme } from './shell-types.ts'

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
] as const

interface ThemeToggleProps {
  readonly theme: Theme | null
  readonly onTheme: (theme: Theme) => void
}

export function ThemeToggle({ theme, onTheme }: ThemeToggleProps) {
  return <Segmented label="Theme" value={theme} options={CHOICES} onChange={onTheme} iconsOnly />
}
