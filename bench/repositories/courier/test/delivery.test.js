'use strict';

const {
  addWorkingDays,
  isWorkingDay,
  promisedDay,
} = require('../src/delivery/calendar');
const { packVans, utilization } = require('../src/delivery/packing');
const { planRoute, routeLength } = require('../src/delivery/route');

test('weekends and holidays are no working days', () => {
  expect(isWorkingDay(new Date('2026-11-21T00:00:00Z'))).toBe(false);
  expect(isWorkingDay(new Date('2026-12-25T00:00:00Z'))).toBe(false);
  const day = addWorkingDays(new Date('2026-11-20T10:00:00Z'), 1);
  expect(day.toISOString().slice(0, 10)).toBe('2026-11-23');
});

test('who books late waits a day longer', () => {
  expect(promisedDay(new Date('2026-11-16T15:59:00Z'), 'home', true)).toBe(
    '2026-11-17',
  );
  expect(promisedDay(new Date('2026-11-16T16:00:00Z'), 'home', true)).toBe(
    '2026-11-18',
  );
});

test('vans are filled from the heaviest parcel down', () => {
  const cube = (weight) => ({ weight, length: 1, width: 1, height: 1 });
  const vans = packVans([cube(4), cube(6), cube(5), cube(5)], 10);
  expect(vans.map(({ load }) => load)).toEqual([10, 10]);
  expect(utilization(vans, 10)).toBe(1);
  expect(utilization([], 10)).toBe(0);
});

test('a route visits the nearest stop first', () => {
  const depot = { x: 0, y: 0 };
  const route = planRoute(depot, [
    { x: 0, y: 9 },
    { x: 0, y: 3 },
  ]);
  expect(route.map(({ y }) => y)).toEqual([3, 9]);
  expect(routeLength(depot, route)).toBe(18);
});
