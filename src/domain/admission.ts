/** Why no run is started. */
export type AdmissionReason = 'switched-off' | 'own-branch' | 'head-unknown' | 'closed'
