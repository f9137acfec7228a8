'use client'
import { useEffect, useState } from 'react'

const PLACE = 'scaff:editor-wrap'

/** Whether long lines of the editor wrap; kept in this browser. */
export function useWrap(): readonly [wrap: boolean, setWrap: (wrap: boolean) => void] {
  const [wrap, setWrap] = useState(false)
  useEffect(() => setWrap(localStorage.getItem(PLACE) === 'on'), [])
  return [
    wrap,
    (next) => {
      setWrap(next)
      localStorage.setItem(PLACE, next ? 'on' : 'off')
    },
  ]
}
