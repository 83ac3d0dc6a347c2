'use strict';

const { isKnownCountry } = require('./countries');
const { badRequest } = require('../http/errors');

function normalizeAddress(address) {
  const country = String(address.country ?? '').toUpperCase();
  if (!isKnownCountry(country))
    throw badRequest(`we do not deliver to ${country}`);
  return {
    name: squeeze(address.name),
    street: squeeze(address.street),
    city: squeeze(address.city),
    postcode: squeeze(address.postcode).toUpperCase(),
    country,
  };
}

function formatAddress({ name, street, postcode, city, country }) {
  return [name, street, `${postcode} ${city}`, country].join('\n');
}

function squeeze(value) {
  return String(value ?? '')
    .trim()
    .replace(/\s+/g, ' ');
}

module.exports = { normalizeAddress, formatAddress };
