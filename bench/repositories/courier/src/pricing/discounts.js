'use strict';

const steps = [
  { from: 1000, share: 0.15 },
  { from: 200, share: 0.08 },
  { from: 50, share: 0.03 },
];

function discountFor(monthlyParcels) {
  const step = steps.find(({ from }) => monthlyParcels >= from);
  return step ? step.share : 0;
}

function nextStep(monthlyParcels) {
  const higher = steps.filter(({ from }) => from > monthlyParcels);
  const next = higher.at(-1);
  return next
    ? { missing: next.from - monthlyParcels, share: next.share }
    : null;
}

module.exports = { discountFor, nextStep };
