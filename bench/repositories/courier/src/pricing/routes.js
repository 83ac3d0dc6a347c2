'use strict';

const { check } = require('../validation/check');
const { integer, oneOf } = require('../validation/rules');
const { zones } = require('../addresses/countries');
const { quote } = require('./quote');
const { parcelRules } = require('../parcels/dimensions');

const countries = Object.values(zones).flat();

function quoteRoutes(router) {
  router.post('/quotes', async ({ body }) => {
    check(body, { country: oneOf(countries), monthlyParcels: integer() });
    check(body.parcel, parcelRules);
    return { status: 200, body: quote(body) };
  });
}

module.exports = { quoteRoutes };
