'use strict';

const { badRequest, HttpError } = require('./errors');

const largest = 64 * 1024;

async function readJson(request) {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largest) throw new HttpError(413, 'body too large');
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  return parse(Buffer.concat(chunks).toString('utf8'));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('body is not JSON');
  }
}

module.exports = { readJson, parse };
