import Bottleneck from 'bottleneck'

/**
 * How fast one installation may write. GitHub asks for a second between writes of whoever makes many, and takes 80 that
 * create content a minute: the first twenty go at once, and then one a second.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const writes = { atOnce: 20, aHeartbeat: 5, heartbeatMs: 5000 }

/** Of those that send people a message GitHub asks for three seconds between. */
const messages = { atOnce: 10, aHeartbeat: 5, heartbeatMs: 15_000 }

/** One limiter for each name, whichever client asks: the groups of the throttling plugin wait after each write instead. */
export const pace = { write: group(writes), notifications: group(messages) }

function group({ atOnce, aHeartbeat, heartbeatMs }: typeof writes): Bottleneck.Group {
  return new Bottleneck.Group({
    maxConcurrent: 1,
    reservoir: atOnce,
    reservoirIncreaseAmount: aHeartbeat,
    reservoirIncreaseInterval: heartbeatMs,
    reservoirIncreaseMaximum: atOnce,
  })
}
