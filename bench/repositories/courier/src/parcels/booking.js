'use strict';

const { createNumber } = require('./identifiers');
const { normalizeAddress } = require('../addresses/normalize');
const { quote } = require('../pricing/quote');
const { promisedDay } = require('../delivery/calendar');

class Booking {
  constructor({ parcels, timeline, clock }) {
    this.parcels = parcels;
    this.timeline = timeline;
    this.clock = clock;
    this.sequence = 0;
  }

  async book({ parcel, sender, recipient, options = [] }) {
    const to = normalizeAddress(recipient);
    const price = quote({ parcel, country: to.country, options });
    this.sequence += 1;
    const id = createNumber(this.sequence);
    const booked = await this.parcels.add({
      id,
      ...parcel,
      from: normalizeAddress(sender),
      to,
      price: price.total,
      promised: promisedDay(
        this.clock(),
        price.zone,
        options.includes('express'),
      ),
      status: 'booked',
    });
    this.timeline.record(id, 'booked');
    return booked;
  }

  async cancel(id) {
    const parcel = await this.parcels.get(id);
    if (parcel.status !== 'booked') return null;
    const cancelled = await this.parcels.update(id, { status: 'cancelled' });
    this.timeline.record(id, 'cancelled');
    return cancelled;
  }
}

module.exports = { Booking };
