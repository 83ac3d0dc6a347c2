'use strict';

const { zoneOf } = require('../src/addresses/countries');
const { readConfiguration } = require('../src/configuration');
const { addWorkingDays, promisedDay } = require('../src/delivery/calendar');
const { packVans, utilization } = require('../src/delivery/packing');
const { distance, planRoute, routeLength } = require('../src/delivery/route');
const { conflict, notFound } = require('../src/http/errors');
const { compilePattern } = require('../src/http/pattern');
const { sendJson } = require('../src/http/responses');
const { billedWeight, girth, isBulky } = require('../src/parcels/dimensions');
const { checkDigit, createNumber, isNumber } = require('../src/parcels/identifiers');
const { ParcelStore } = require('../src/parcels/store');
const { discountFor, nextStep } = require('../src/pricing/discounts');
const { quote } = require('../src/pricing/quote');
const { dayReport } = require('../src/reports/day');
const { canMove, describe: describeState, isFinal } = require('../src/tracking/states');
const { Timeline } = require('../src/tracking/timeline');
const { check } = require('../src/validation/check');
const { integer, oneOf, optional, text } = require('../src/validation/rules');
const { application, bookOne, parcel } = require('./support/application');

test('rules', () => {
  expect(integer({ min: 1, max: 3 })(3)).toBeNull();
  expect(integer({ min: 1, max: 3 })(4)).toBe('is not in 1..3');
  expect(integer()(-1)).toContain('is not in');
  expect(text({ max: 2 })('abc')).toBe('is longer than 2');
  expect(text()('  ')).toBe('is missing');
  expect(oneOf(['a'])('b')).toBe('is not one of a');
  expect(optional(text())(undefined)).toBeNull();
  expect(() => check(null, {})).toThrow('an object is expected');
  expect(check({ a: 1 }, { a: integer() })).toEqual({ a: 1 });
});

test('prices', () => {
  expect(quote({ parcel: { ...parcel, length: 121 }, country: 'PT' }).lines).toEqual([
    { label: 'base far', cents: 1290 },
    { label: '5 kg', cents: 1150 },
    { label: 'bulky', cents: 900 },
  ]);
  expect([0, 50, 199, 200, 1000].map(discountFor)).toEqual([0, 0.03, 0.03, 0.08, 0.15]);
  expect(nextStep(0)).toEqual({ missing: 50, share: 0.03 });
  expect(zoneOf('XX')).toBeNull();
});

test('dimensions and numbers', () => {
  expect(girth({ length: 1, width: 2, height: 3 })).toBe(11);
  expect(isBulky({ length: 120, width: 45, height: 45 })).toBe(false);
  expect(isBulky({ length: 120, width: 46, height: 45 })).toBe(true);
  expect(billedWeight({ weight: 7, length: 5, width: 1, height: 1 })).toBe(7);
  expect(createNumber(1)).toBe('CR000000000017');
  expect(checkDigit('00000000000')).toBe('0');
  expect(isNumber('CR1')).toBe(false);
});

test('calendar, vans and routes', () => {
  expect(promisedDay(new Date('2026-12-24T10:00:00Z'), 'home', false)).toBe('2026-12-29');
  expect(promisedDay(new Date('2026-11-16T10:00:00Z'), 'far', false)).toBe('2026-11-23');
  expect(addWorkingDays(new Date('2026-11-16T10:00:00Z'), 0).toISOString()).toContain('2026-11-16');
  const one = { weight: 6, length: 1, width: 1, height: 1 };
  expect(packVans([one, one], 11)).toHaveLength(2);
  expect(packVans([one, one], 12)).toHaveLength(1);
  expect(utilization(packVans([one], 12), 12)).toBe(0.5);
  const depot = { x: 0, y: 0 };
  const stops = [{ x: 5, y: 0 }, { x: 1, y: 0 }, { x: -2, y: 0 }];
  expect(planRoute(depot, stops).map(({ x }) => x)).toEqual([1, -2, 5]);
  expect(routeLength(depot, stops)).toBe(5 + 4 + 3 + 2);
  expect(distance({ x: 0, y: 0 }, { x: 3, y: 4 })).toBe(5);
});

test('http', () => {
  expect(compilePattern('/a/:b/c')('/a/1/c')).toEqual({ b: '1' });
  expect(compilePattern('/a/:b/c')('/a/1/d')).toBeNull();
  expect(notFound('x')).toMatchObject({ status: 404, message: 'x not found' });
  expect(conflict('x').status).toBe(409);
  const calls = [];
  sendJson({ writeHead: (...words) => calls.push(words), end: (body) => calls.push(body) }, 204, undefined);
  expect(calls).toEqual([[204, expect.objectContaining({ 'content-length': 0 })], '']);
});

test('states and timelines', async () => {
  expect(['booked', 'failed-attempt', 'returned', 'delivered', 'in-transit'].map(describeState)).toEqual([
    'We are waiting for the parcel',
    'Nobody was at home',
    'The parcel will not be delivered',
    'The parcel was delivered',
    'The parcel is on its way',
  ]);
  expect(canMove('failed-attempt', 'returned')).toBe(true);
  expect(isFinal('booked')).toBe(false);
  const timeline = new Timeline(() => new Date('2026-01-01T00:00:00Z'));
  expect(timeline.latest('x')).toBeNull();
  timeline.record('x', 'booked', 'Berlin');
  expect(timeline.latest('x')).toEqual({ state: 'booked', place: 'Berlin', at: '2026-01-01T00:00:00.000Z' });
});

test('stores and reports', async () => {
  const store = new ParcelStore();
  await store.add({ id: '1', status: 'booked' });
  await expect(store.add({ id: '1' })).rejects.toMatchObject({ status: 409 });
  expect(await store.update('1', { status: 'x' })).toEqual({ id: '1', status: 'x' });
  expect(await store.list(({ status }) => status === 'booked')).toEqual([]);
  await expect(store.get('2')).rejects.toMatchObject({ status: 404 });
  expect(dayReport([], '2026-01-01')).toMatchObject({ due: 0, punctuality: 1, revenue: 0 });
  expect(() => readConfiguration({ REQUEST_TIMEOUT: 'x' })).toThrow('REQUEST_TIMEOUT');
  expect(() => readConfiguration({ PORT: '65536' })).toThrow('PORT');
});

test('the service as a whole', async () => {
  const app = application();
  const quoted = await app.respond({ method: 'POST', path: '/quotes', body: { country: 'DE', monthlyParcels: 0, parcel } });
  expect(quoted).toMatchObject({ status: 200, body: { total: 510, zone: 'home' } });
  const { id } = await bookOne(app);
  expect(id).toBe(createNumber(1));
  await app.respond({ method: 'POST', path: `/tracking/${id}`, body: { state: 'collected', place: 'Hub' } });
  const { body } = await app.respond({ method: 'GET', path: `/tracking/${id}` });
  expect(body.history.at(-1)).toMatchObject({ state: 'collected', place: 'Hub' });
  expect(await app.respond({ method: 'GET', path: '/nowhere' })).toMatchObject({ status: 404 });
});
