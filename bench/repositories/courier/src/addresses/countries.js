'use strict';

const zones = {
  home: ['DE'],
  near: ['AT', 'BE', 'CH', 'CZ', 'DK', 'FR', 'LU', 'NL', 'PL'],
  far: ['ES', 'FI', 'GR', 'IE', 'IT', 'PT', 'SE'],
};

function zoneOf(country) {
  const found = Object.entries(zones).find(([, members]) =>
    members.includes(country),
  );
  return found ? found[0] : null;
}

function isKnownCountry(country) {
  return zoneOf(country) !== null;
}

module.exports = { zones, zoneOf, isKnownCountry };
