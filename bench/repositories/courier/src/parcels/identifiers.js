'use strict';

const alphabet = '0123456789';

/** A parcel number: two letters, eleven digits, one check digit. */
function createNumber(sequence, prefix = 'CR') {
  const digits = String(sequence).padStart(11, '0');
  return `${prefix}${digits}${checkDigit(digits)}`;
}

function isNumber(text) {
  const match = /^[A-Z]{2}(\d{11})(\d)$/.exec(text);
  return match !== null && checkDigit(match[1]) === match[2];
}

function checkDigit(digits) {
  let total = 0;
  for (const [index, digit] of [...digits].entries()) {
    const value = alphabet.indexOf(digit);
    total += index % 2 === 0 ? value * 3 : value;
  }
  return String((10 - (total % 10)) % 10);
}

module.exports = { createNumber, isNumber, checkDigit };
