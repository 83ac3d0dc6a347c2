'use strict';

const { conflict, notFound } = require('../http/errors');

class ParcelStore {
  constructor() {
    this.parcels = new Map();
  }

  async add(parcel) {
    if (this.parcels.has(parcel.id))
      throw conflict(`parcel ${parcel.id} exists`);
    this.parcels.set(parcel.id, parcel);
    return parcel;
  }

  async get(id) {
    const parcel = this.parcels.get(id);
    if (!parcel) throw notFound(`parcel ${id}`);
    return parcel;
  }

  async update(id, change) {
    const parcel = await this.get(id);
    const updated = { ...parcel, ...change };
    this.parcels.set(id, updated);
    return updated;
  }

  async list(filter = () => true) {
    return [...this.parcels.values()].filter(filter);
  }
}

module.exports = { ParcelStore };
