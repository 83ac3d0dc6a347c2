/** A revision a person may name: no option, no range, no path in a commit, nothing invisible (fixers.md A7, row 38). */
export function isSafeRevision(name: string): boolean {
  if (name === '' || name.length > 250 || name.startsWith('-')) return false
  if (unseen.test(name) || /[\s:?*[\\]/.test(name)) return false
  return !/\.\.|@\{|\/\/|\/$|^\//.test(name)
}

/** A branch that we may write: plain letters only, whatever git itself would allow. */
export function isWritableBranch(name: string): boolean {
  if (!/^[A-Za-z\d][\w./-]{0,199}$/.test(name)) return false
  const parts = name.split('/')
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock')))
    return false
  return !name.includes('..') && !name.endsWith('.') && name !== 'HEAD' && parts[0] !== 'refs'
}

/** Control characters, direction marks and characters of no width: a name must be what it looks like. */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
