'use strict';

const { badRequest } = require('../http/errors');

/** Runs every rule and throws one error that lists all that is wrong. */
function check(value, rules) {
  if (typeof value !== 'object' || value === null) {
    throw badRequest('an object is expected');
  }
  const problems = [];
  for (const [field, rule] of Object.entries(rules)) {
    const problem = rule(value[field], value);
    if (problem) problems.push(`${field} ${problem}`);
  }
  if (problems.length > 0) throw badRequest('invalid input', problems);
  return value;
}

module.exports = { check };
