'use strict';

const { HttpError } = require('./errors');

function sendJson(response, status, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function sendError(response, error) {
  if (error instanceof HttpError) {
    sendJson(response, error.status, {
      error: error.message,
      details: error.details,
    });
    return;
  }
  sendJson(response, 500, { error: 'internal error' });
}

module.exports = { sendJson, sendError };
