'use strict';

const http = require('node:http');

const { readConfiguration } = require('./configuration');
const { createApplication } = require('./application');

function start(environment = process.env) {
  const configuration = readConfiguration(environment);
  const application = createApplication({ clock: () => new Date() });
  const server = http.createServer(application.handle);
  server.requestTimeout = configuration.requestTimeout;
  server.listen(configuration.port);
  return server;
}

if (require.main === module) start();

module.exports = { start };
