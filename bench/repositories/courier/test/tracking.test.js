'use strict';

const { Notifications } = require('../src/tracking/notifications');
const { canMove, isFinal } = require('../src/tracking/states');
const { application, bookOne } = require('./support/application');

function move(app, id, state) {
  return app.respond({
    method: 'POST',
    path: `/tracking/${id}`,
    body: { state },
  });
}

test('a parcel moves only along its road', async () => {
  const app = application();
  const { id } = await bookOne(app);
  await move(app, id, 'collected');
  await expect(move(app, id, 'delivered')).rejects.toMatchObject({
    status: 409,
  });
  const answer = await app.respond({ method: 'GET', path: `/tracking/${id}` });
  expect(answer.body.text).toBe('The parcel is on its way');
  expect(answer.body.history.map(({ state }) => state)).toEqual([
    'booked',
    'collected',
  ]);
});

test('the recipient hears of each thing once', async () => {
  const app = application();
  const sent = [];
  const notifications = new Notifications(app.timeline, (message) =>
    sent.push(message.text),
  );
  const { id } = await bookOne(app);
  for (const state of [
    'collected',
    'in-transit',
    'in-transit',
    'out-for-delivery',
    'delivered',
  ]) {
    await move(app, id, state);
  }
  expect(sent).toEqual([
    'The parcel is in the van',
    'The parcel was delivered',
  ]);
  expect(notifications.told.size).toBe(2);
});

test('final states lead nowhere', () => {
  expect(isFinal('returned')).toBe(true);
  expect(canMove('returned', 'booked')).toBe(false);
  expect(canMove('unheard-of', 'booked')).toBe(false);
});
