const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m

/** Whether a merge left its marks in a file. */
export function isConflicted(text: string): boolean {
  return conflict.test(text)
}
