'use strict';

const { check } = require('../validation/check');
const { oneOf, optional, text } = require('../validation/rules');
const { conflict } = require('../http/errors');
const { canMove, describe, transitions } = require('./states');

function trackingRoutes(router, { parcels, timeline }) {
  router.get('/tracking/:id', async ({ params }) => {
    const parcel = await parcels.get(params.id);
    const history = timeline.of(parcel.id);
    return {
      status: 200,
      body: { id: parcel.id, text: describe(parcel.status), history },
    };
  });

  router.post('/tracking/:id', async ({ params, body }) => {
    check(body, {
      state: oneOf(Object.keys(transitions)),
      place: optional(text()),
    });
    const parcel = await parcels.get(params.id);
    if (!canMove(parcel.status, body.state)) {
      throw conflict(`${parcel.status} cannot become ${body.state}`);
    }
    await parcels.update(parcel.id, { status: body.state });
    timeline.record(parcel.id, body.state, body.place);
    return { status: 204, body: undefined };
  });
}

module.exports = { trackingRoutes };
