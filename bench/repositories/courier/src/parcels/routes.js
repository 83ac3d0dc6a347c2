'use strict';

const { check } = require('../validation/check');
const { text } = require('../validation/rules');
const { conflict } = require('../http/errors');
const { parcelRules } = require('./dimensions');
const { Booking } = require('./booking');

const addressRules = {
  name: text(),
  street: text(),
  city: text(),
  postcode: text({ max: 12 }),
  country: text({ max: 2 }),
};

function parcelRoutes(router, { parcels, timeline, clock }) {
  const booking = new Booking({ parcels, timeline, clock });

  router.post('/parcels', async ({ body }) => {
    check(body?.parcel, parcelRules);
    check(body.sender, addressRules);
    check(body.recipient, addressRules);
    const booked = await booking.book(body);
    return { status: 201, body: booked };
  });

  router.get('/parcels/:id', async ({ params }) => {
    const parcel = await parcels.get(params.id);
    return { status: 200, body: parcel };
  });

  router.delete('/parcels/:id', async ({ params }) => {
    const cancelled = await booking.cancel(params.id);
    if (!cancelled) throw conflict('already on its way');
    return { status: 200, body: cancelled };
  });
}

module.exports = { parcelRoutes };
