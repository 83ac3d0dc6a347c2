'use strict';

const { compilePattern } = require('./pattern');

class Router {
  constructor() {
    this.routes = [];
  }

  get(pattern, handler) {
    return this.add('GET', pattern, handler);
  }

  post(pattern, handler) {
    return this.add('POST', pattern, handler);
  }

  delete(pattern, handler) {
    return this.add('DELETE', pattern, handler);
  }

  add(method, pattern, handler) {
    this.routes.push({ method, match: compilePattern(pattern), handler });
    return this;
  }

  match(method, path) {
    for (const route of this.routes) {
      if (route.method !== method) continue;
      const params = route.match(path);
      if (params) return { handler: route.handler, params };
    }
    return null;
  }
}

module.exports = { Router };
