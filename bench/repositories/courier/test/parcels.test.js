'use strict';

const { createNumber, isNumber } = require('../src/parcels/identifiers');
const {
  address,
  application,
  bookOne,
  parcel,
} = require('./support/application');

test('numbers carry a check digit', () => {
  const number = createNumber(42);
  expect(isNumber(number)).toBe(true);
  expect(isNumber(number.replace('42', '24'))).toBe(false);
});

test('a booked parcel can be read again', async () => {
  const app = application();
  const booked = await bookOne(app);
  const read = await app.respond({
    method: 'GET',
    path: `/parcels/${booked.id}`,
  });
  expect(read.body).toMatchObject({
    status: 'booked',
    price: 510,
    promised: '2026-11-18',
  });
  expect(read.body.to).toMatchObject({ name: 'Ada Lovelace', country: 'DE' });
});

test('a parcel is cancelled before it is collected, not after', async () => {
  const app = application();
  const { id } = await bookOne(app);
  const first = await app.respond({ method: 'DELETE', path: `/parcels/${id}` });
  expect(first.body.status).toBe('cancelled');
  await expect(
    app.respond({ method: 'DELETE', path: `/parcels/${id}` }),
  ).rejects.toMatchObject({
    status: 409,
  });
});

test('all that is wrong is told at once', async () => {
  const body = {
    parcel: { ...parcel, weight: 0 },
    sender: address,
    recipient: address,
  };
  const answer = application().respond({
    method: 'POST',
    path: '/parcels',
    body,
  });
  await expect(answer).rejects.toMatchObject({
    status: 400,
    details: ['weight is not in 1..31500'],
  });
});

test('an unknown parcel is not found', async () => {
  const answer = application().respond({
    method: 'GET',
    path: '/parcels/none',
  });
  await expect(answer).rejects.toMatchObject({ status: 404 });
});
