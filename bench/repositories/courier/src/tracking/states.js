'use strict';

const transitions = {
  booked: ['collected', 'cancelled'],
  collected: ['in-transit'],
  'in-transit': ['out-for-delivery', 'in-transit'],
  'out-for-delivery': ['delivered', 'failed-attempt'],
  'failed-attempt': ['out-for-delivery', 'returned'],
  delivered: [],
  cancelled: [],
  returned: [],
};

function canMove(from, to) {
  return transitions[from]?.includes(to) ?? false;
}

function isFinal(state) {
  return transitions[state]?.length === 0;
}

function describe(state) {
  switch (state) {
    case 'booked':
      return 'We are waiting for the parcel';
    case 'collected':
    case 'in-transit':
      return 'The parcel is on its way';
    case 'out-for-delivery':
      return 'The parcel is in the van';
    case 'delivered':
      return 'The parcel was delivered';
    case 'failed-attempt':
      return 'Nobody was at home';
    default:
      return 'The parcel will not be delivered';
  }
}

module.exports = { transitions, canMove, isFinal, describe };
