'use strict';

/** Orders stops greedily by the nearest next one; good enough for a van's morning. */
function planRoute(depot, stops) {
  const open = [...stops];
  const route = [];
  let position = depot;
  while (open.length > 0) {
    const next = nearest(position, open);
    open.splice(open.indexOf(next), 1);
    route.push(next);
    position = next;
  }
  return route;
}

function routeLength(depot, route) {
  let length = 0;
  let position = depot;
  for (const stop of route) {
    length += distance(position, stop);
    position = stop;
  }
  return length + distance(position, depot);
}

function nearest(position, stops) {
  let best = stops[0];
  for (const stop of stops) {
    if (distance(position, stop) < distance(position, best)) best = stop;
  }
  return best;
}

function distance(left, right) {
  return Math.hypot(left.x - right.x, left.y - right.y);
}

module.exports = { planRoute, routeLength, distance };
