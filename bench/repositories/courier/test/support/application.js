'use strict';

const { createApplication } = require('../../src/application');

const monday = new Date('2026-11-16T09:00:00Z');

const address = {
  name: 'Ada  Lovelace',
  street: 'Long Street 1',
  city: 'Berlin',
  postcode: '10115',
  country: 'de',
};

const parcel = { weight: 1800, length: 30, width: 20, height: 10 };

function application() {
  return createApplication({ clock: () => monday });
}

async function bookOne(app) {
  const body = { parcel, sender: address, recipient: address };
  const response = await app.respond({
    method: 'POST',
    path: '/parcels',
    body,
  });
  return response.body;
}

module.exports = { application, bookOne, address, parcel, monday };
