'use strict';

/** Cents by zone: a base price and a price for every started kilogram. */
const rates = {
  home: { base: 390, perKilogram: 60 },
  near: { base: 890, perKilogram: 140 },
  far: { base: 1290, perKilogram: 230 },
};

const surcharges = {
  express: 600,
  insured: 250,
  bulky: 900,
};

module.exports = { rates, surcharges };
