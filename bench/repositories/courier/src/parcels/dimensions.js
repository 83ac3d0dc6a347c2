'use strict';

const { integer } = require('../validation/rules');

const volumetricDivisor = 5; // cubic centimetres that weigh a gram

const parcelRules = {
  weight: integer({ min: 1, max: 31_500 }),
  length: integer({ min: 1, max: 200 }),
  width: integer({ min: 1, max: 80 }),
  height: integer({ min: 1, max: 80 }),
};

function volume({ length, width, height }) {
  return length * width * height;
}

function billedWeight(parcel) {
  return Math.max(
    parcel.weight,
    Math.round(volume(parcel) / volumetricDivisor),
  );
}

function girth({ length, width, height }) {
  return length + 2 * (width + height);
}

function isBulky(parcel) {
  return girth(parcel) > 300 || parcel.length > 120;
}

module.exports = { parcelRules, volume, billedWeight, girth, isBulky };
