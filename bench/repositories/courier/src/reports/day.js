'use strict';

function dayReport(parcels, day) {
  const due = parcels.filter((parcel) => parcel.promised === day);
  const delivered = due.filter((parcel) => parcel.status === 'delivered');
  const revenue = due.reduce((total, parcel) => total + parcel.price, 0);
  return {
    day,
    due: due.length,
    delivered: delivered.length,
    punctuality: due.length === 0 ? 1 : delivered.length / due.length,
    revenue,
  };
}

function formatReport({ day, due, delivered, punctuality, revenue }) {
  const percent = (punctuality * 100).toFixed(1);
  const euros = (revenue / 100).toFixed(2);
  return `${day}: ${delivered} of ${due} delivered (${percent} %), ${euros} EUR`;
}

module.exports = { dayReport, formatReport };
