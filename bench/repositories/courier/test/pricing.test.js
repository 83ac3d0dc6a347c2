'use strict';

const { quote } = require('../src/pricing/quote');
const { discountFor, nextStep } = require('../src/pricing/discounts');
const { billedWeight, isBulky } = require('../src/parcels/dimensions');
const { parcel } = require('./support/application');

test('a quote lists what it adds up', () => {
  const { total, lines } = quote({
    parcel,
    country: 'FR',
    options: ['express'],
  });
  expect(lines.map(({ label }) => label)).toEqual([
    'base near',
    '2 kg',
    'express',
  ]);
  expect(total).toBe(890 + 280 + 600);
});

test('many parcels make each cheaper', () => {
  const { total } = quote({ parcel, country: 'DE', monthlyParcels: 200 });
  expect(total).toBe(510 - 41);
  expect(discountFor(49)).toBe(0);
  expect(nextStep(60)).toEqual({ missing: 140, share: 0.08 });
  expect(nextStep(5000)).toBeNull();
});

test('volume counts when it is more than weight', () => {
  expect(billedWeight({ weight: 100, length: 50, width: 40, height: 30 })).toBe(
    12_000,
  );
  expect(isBulky({ weight: 1, length: 121, width: 1, height: 1 })).toBe(true);
});
