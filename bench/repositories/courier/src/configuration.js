'use strict';

const ms = require('ms');

function readConfiguration(environment) {
  const port = Number(environment.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is not a port: ${environment.PORT}`);
  }
  const requestTimeout = ms(environment.REQUEST_TIMEOUT ?? '30s');
  if (requestTimeout === undefined) {
    throw new Error(
      `REQUEST_TIMEOUT is not a duration: ${environment.REQUEST_TIMEOUT}`,
    );
  }
  return { port, requestTimeout };
}

module.exports = { readConfiguration };
