import type { StopReason } from './restraint.ts'

/** Why no run is started. */
export type AdmissionReason = StopReason | 'own-branch' | 'head-unknown' | 'closed'
