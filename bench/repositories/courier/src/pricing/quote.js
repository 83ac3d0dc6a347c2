'use strict';

const { zoneOf } = require('../addresses/countries');
const { rates, surcharges } = require('./rates');
const { isBulky, billedWeight } = require('../parcels/dimensions');
const { discountFor } = require('./discounts');

function quote({ parcel, country, options = [], monthlyParcels = 0 }) {
  const zone = zoneOf(country);
  const { base, perKilogram } = rates[zone];
  const kilograms = Math.ceil(billedWeight(parcel) / 1000);
  const lines = [
    { label: `base ${zone}`, cents: base },
    { label: `${kilograms} kg`, cents: kilograms * perKilogram },
  ];
  for (const option of options) {
    lines.push({ label: option, cents: surcharges[option] });
  }
  if (isBulky(parcel)) lines.push({ label: 'bulky', cents: surcharges.bulky });
  const gross = sum(lines);
  const discount = Math.round(gross * discountFor(monthlyParcels));
  if (discount > 0) lines.push({ label: 'discount', cents: -discount });
  return { lines, total: sum(lines), zone };
}

function sum(lines) {
  return lines.reduce((total, line) => total + line.cents, 0);
}

module.exports = { quote };
