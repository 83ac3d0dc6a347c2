'use strict';

const { describe, isFinal } = require('./states');

/** Tells the recipient about the moves that matter, each of them once. */
class Notifications {
  constructor(timeline, send) {
    this.send = send;
    this.told = new Set();
    timeline.on('moved', (move) => this.consider(move));
  }

  consider({ parcelId, state }) {
    const key = `${parcelId} ${state}`;
    if (!this.matters(state) || this.told.has(key)) return;
    this.told.add(key);
    this.send({ parcelId, text: describe(state) });
  }

  matters(state) {
    return state === 'out-for-delivery' || isFinal(state);
  }
}

module.exports = { Notifications };
