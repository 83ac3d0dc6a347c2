/**
 * A text without what looks like a secret: nothing that people read is logged or stored before it went through here (I15).
 * Linear in the length of the text.
 */
export function redact(text: string): string {
  let clean = text
  for (const [pattern, replacement] of patterns) clean = clean.replaceAll(pattern, replacement)
  return clean
}

export const mask = '[redacted]'

/** Shapes that are secrets wherever they stand. Bounded repeats only: the text is untrusted. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
    mask,
  ],
  [/\b(?:gh[pousr]_[A-Za-z\d]{20,255}|github_pat_\w{20,255})/g, mask],
  [/\bnpm_[A-Za-z\d]{30,60}\b/g, mask],
  [/\bxox[abeoprs]-[\w-]{10,250}/g, mask],
  [/\bsk-(?:ant-|proj-)?[\w-]{20,250}/g, mask],
  [/\b(?:sk|rk)_live_[A-Za-z\d]{16,250}/g, mask],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, mask],
  [/\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{10,1000}/g, mask],
  [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@'"]{1,300}@/gi, `$1${mask}@`],
  [
    /\b(authorization\s{0,4}[:=]\s{0,4}(?:bearer|basic|token)\s{1,4})[\w.~+/=-]{6,2000}/gi,
    `$1${mask}`,
  ],
  [/(_authToken\s{0,4}=\s{0,4})[^\s$]{6,500}/g, `$1${mask}`],
]
