'use strict';

function text({ max = 200 } = {}) {
  return (value) => {
    if (typeof value !== 'string' || value.trim() === '') return 'is missing';
    return value.length > max ? `is longer than ${max}` : null;
  };
}

function integer({ min = 0, max = Number.MAX_SAFE_INTEGER } = {}) {
  return (value) => {
    if (!Number.isInteger(value)) return 'is not a whole number';
    return value < min || value > max ? `is not in ${min}..${max}` : null;
  };
}

function oneOf(values) {
  return (value) =>
    values.includes(value) ? null : `is not one of ${values.join(', ')}`;
}

function optional(rule) {
  return (value, whole) => (value === undefined ? null : rule(value, whole));
}

module.exports = { text, integer, oneOf, optional };
