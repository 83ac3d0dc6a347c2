'use strict';

const { Router } = require('./http/router');
const { sendJson, sendError } = require('./http/responses');
const { readJson } = require('./http/body');
const { parcelRoutes } = require('./parcels/routes');
const { quoteRoutes } = require('./pricing/routes');
const { trackingRoutes } = require('./tracking/routes');
const { ParcelStore } = require('./parcels/store');
const { Timeline } = require('./tracking/timeline');

function createApplication({ clock }) {
  const parcels = new ParcelStore();
  const timeline = new Timeline(clock);
  const router = new Router();

  quoteRoutes(router);
  parcelRoutes(router, { parcels, timeline, clock });
  trackingRoutes(router, { parcels, timeline });

  async function respond(request) {
    const route = router.match(request.method, request.path);
    if (!route) return { status: 404, body: { error: 'not found' } };
    return route.handler({ ...request, params: route.params });
  }

  async function handle(request, response) {
    try {
      const path = request.url.split('?')[0];
      const body = await readJson(request);
      const result = await respond({ method: request.method, path, body });
      sendJson(response, result.status, result.body);
    } catch (error) {
      sendError(response, error);
    }
  }

  return { handle, respond, parcels, timeline };
}

module.exports = { createApplication };
