/** What the name of each branch that we write begins with (K25). */
export const ownBranches = 'auto-fix/'
