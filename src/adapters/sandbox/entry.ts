import { descriptors } from './bubblewrap.ts'
import { places } from './cell.ts'

export interface Entry {
  readonly command: string | readonly [string, ...string[]]
  readonly directory: string
  readonly processes: number
  readonly registry: boolean
  readonly collect: boolean
}

/** The argument vector that runs inside: fills the workspace, starts the command, hands back what it changed. */
export function entryArguments(entry: Entry): readonly string[] {
  const { command } = entry
  const argv =
    typeof command === 'string' ? ['/bin/bash', '-eo', 'pipefail', '-c', command] : command
  const modes = [entry.registry ? 'registry' : 'none', entry.collect ? 'collect' : 'none']
  const start = ['/bin/bash', '-c', script, 'sandbox', entry.directory, String(entry.processes)]
  return [...start, ...modes, ...argv]
}

/** Written to the control descriptor when the workspace is filled; without it a run did not start. */
export const readyLine = 'ready\n'

const node = `env -i ${places.toolbox}/bin/node`
const control = String(descriptors.control)

// Inside, the programs of the host's /usr are used by their full names: PATH belongs to the command.
const script = `set -e
for open in /proc/self/fd/*; do
  if [ "\${open##*/}" -gt ${control} ]; then eval "exec \${open##*/}>&-"; fi
done
directory=$1; processes=$2; registry=$3; collect=$4; shift 4
copy() { /usr/bin/cp -dR --preserve=links "$@"; }
if [ -e ${places.source} ]; then copy -- ${places.source}/. ${places.workspace}/; fi
if [ -e ${places.patch} ]; then
  (cd ${places.workspace} && /usr/bin/xargs -0 -r /usr/bin/rm -rf -- < ${places.patch}/deleted)
  copy --remove-destination -- ${places.patch}/files/. ${places.workspace}/
fi
cd -- "${places.workspace}/$directory"
if [ "$registry" = registry ]; then
  exec 9< <(/usr/bin/${node} ${places.toolbox}/inside/forward.mjs ${control}>&-)
  read -r listening <&9
fi
ulimit -u "$processes"
filled=$EPOCHREALTIME
printf '${readyLine.trim()}\\n' >&${control}
if [ "$collect" != collect ]; then exec ${control}>&- "$@"; fi
set +e
"$@" ${control}>&-
code=$?
kill -KILL -1 2>&-
/usr/bin/${node} ${places.toolbox}/inside/collect.mjs "$filled" >&${control}
exit $code`
