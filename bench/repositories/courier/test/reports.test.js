'use strict';

const { dayReport, formatReport } = require('../src/reports/day');
const {
  formatAddress,
  normalizeAddress,
} = require('../src/addresses/normalize');
const { readConfiguration } = require('../src/configuration');
const { address } = require('./support/application');

test('a day is told in a line', () => {
  const parcels = [
    { promised: '2026-11-18', status: 'delivered', price: 510 },
    { promised: '2026-11-18', status: 'in-transit', price: 890 },
    { promised: '2026-11-19', status: 'booked', price: 390 },
  ];
  expect(formatReport(dayReport(parcels, '2026-11-18'))).toBe(
    '2026-11-18: 1 of 2 delivered (50.0 %), 14.00 EUR',
  );
});

test('an address is printed as on a label', () => {
  expect(formatAddress(normalizeAddress(address))).toMatchInlineSnapshot(`
"Ada Lovelace
Long Street 1
10115 Berlin
DE"
`);
});

test('we deliver where we have a price', () => {
  expect(() => normalizeAddress({ ...address, country: 'US' })).toThrow(
    'do not deliver',
  );
});

test('configuration has defaults and says what is wrong', () => {
  expect(readConfiguration({})).toEqual({ port: 8080, requestTimeout: 30_000 });
  expect(() => readConfiguration({ PORT: 'http' })).toThrow(
    'PORT is not a port',
  );
});
