'use strict';

const { billedWeight } = require('../parcels/dimensions');

/** Puts parcels into vans, the heaviest first, each into the first van with room. */
function packVans(parcels, capacity) {
  const vans = [];
  const heaviestFirst = [...parcels].sort(
    (left, right) => billedWeight(right) - billedWeight(left),
  );
  for (const parcel of heaviestFirst) {
    const weight = billedWeight(parcel);
    let van = vans.find((candidate) => candidate.load + weight <= capacity);
    if (!van) {
      van = { load: 0, parcels: [] };
      vans.push(van);
    }
    van.load += weight;
    van.parcels.push(parcel);
  }
  return vans;
}

function utilization(vans, capacity) {
  if (vans.length === 0) return 0;
  const load = vans.reduce((total, van) => total + van.load, 0);
  return load / (vans.length * capacity);
}

module.exports = { packVans, utilization };
