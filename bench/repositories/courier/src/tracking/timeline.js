'use strict';

const { EventEmitter } = require('node:events');

class Timeline extends EventEmitter {
  constructor(clock) {
    super();
    this.clock = clock;
    this.entries = new Map();
  }

  record(parcelId, state, place = null) {
    const entry = { state, place, at: this.clock().toISOString() };
    const entries = this.entries.get(parcelId) ?? [];
    this.entries.set(parcelId, [...entries, entry]);
    this.emit('moved', { parcelId, ...entry });
    return entry;
  }

  of(parcelId) {
    return this.entries.get(parcelId) ?? [];
  }

  latest(parcelId) {
    return this.of(parcelId).at(-1) ?? null;
  }
}

module.exports = { Timeline };
