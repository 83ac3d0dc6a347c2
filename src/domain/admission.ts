/** Why a red check starts no run. */
export type AdmissionReason = 'switched-off' | 'own-branch' | 'head-unknown'
