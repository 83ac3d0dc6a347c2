/** A module that does not resolve, as written. */
export const unresolvedModule = new Set([
  2307, 2792, 2732, 2834, 2835, 2882, 1261, 1149, 1259, 5097, 2691, 7016, 2876, 2877, 2846,
])
/** A name that a module does not export. */
export const missingExport = new Set([2305, 2724, 2614, 2613, 1192, 2459, 2460, 2694])
/** A name that nothing declares. */
export const unknownName = new Set([
  2304, 2552, 2503, 18004, 2686, 2663, 2662, 2593, 2582, 2580, 2581, 2592, 2591,
])
export const unknownMember = new Set([
  2339, 2551, 2353, 2561, 2576, 2568, 2550, 7053, 2537, 4113, 4117,
])
/** A value where another literal of a union is wanted. */
export const wrongLiteral = new Set([2820, 2322, 2345, 2678, 2367, 2769])
export const unusedCodes = new Set([6133, 6192, 6196, 6198, 6199, 6205, 6138])
export const possiblyMissing = new Set([2531, 2532, 2533, 18047, 18048, 18049, 2722])
export const awaitRelated = new Set([
  1308, 1378, 2339, 2345, 2322, 2362, 2363, 2365, 2367, 2488, 2349, 2739, 2740, 2741, 2801, 2769,
  1103, 2769, 2548, 2461, 18046, 2763, 2764, 2765, 2766, 2504, 1320, 2551, 2538, 7053, 1064, 2353,
  2678,
])

/** `await` in a function that is not asynchronous: nothing that loads the file runs. */
export const misplacedAwait = new Set([1308, 1103])

/** What is a fact even where options are guessed: it does not resolve, or nobody uses it, or it does not parse. */
export const believable = new Set([
  ...unresolvedModule,
  ...missingExport,
  2304,
  2552,
  18004,
  2663,
  2339,
  2551,
  ...misplacedAwait,
  2588,
  2300,
  2451,
  2440,
  1005,
  1109,
  1002,
  1155,
  ...unusedCodes,
])
