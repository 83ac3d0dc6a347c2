'use strict';

const { Readable } = require('node:stream');

const { compilePattern } = require('../src/http/pattern');
const { Router } = require('../src/http/router');
const { readJson } = require('../src/http/body');
const { sendError } = require('../src/http/responses');
const { badRequest } = require('../src/http/errors');

function request(text) {
  return Object.assign(Readable.from([Buffer.from(text)]), { method: 'POST' });
}

test('a pattern gives its parameters', () => {
  const match = compilePattern('/parcels/:id');
  expect(match('/parcels/a%20b')).toEqual({ id: 'a b' });
  expect(match('/parcels')).toBeNull();
});

test('a router looks at the method too', () => {
  const router = new Router().get('/a', 'get').post('/a', 'post');
  expect(router.match('POST', '/a').handler).toBe('post');
  expect(router.match('DELETE', '/a')).toBeNull();
});

test('a body is JSON or a bad request', async () => {
  await expect(readJson(request('{"a":1}'))).resolves.toEqual({ a: 1 });
  await expect(readJson(request('{'))).rejects.toMatchObject({ status: 400 });
});

test('a large body is refused', async () => {
  await expect(readJson(request('x'.repeat(70_000)))).rejects.toMatchObject({
    status: 413,
  });
});

test('an error of ours tells its reason, another does not', () => {
  const sent = [];
  const response = {
    writeHead: (status) => sent.push(status),
    end: (text) => sent.push(text),
  };
  sendError(response, badRequest('no', ['why']));
  sendError(response, new Error('secret'));
  expect(sent).toEqual([
    400,
    '{"error":"no","details":["why"]}',
    500,
    '{"error":"internal error"}',
  ]);
});
