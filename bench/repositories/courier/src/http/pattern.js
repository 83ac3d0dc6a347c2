'use strict';

/** Compiles `/parcels/:id` into a function from a path to its parameters. */
function compilePattern(pattern) {
  const parts = split(pattern);
  return function match(path) {
    const pieces = split(path);
    if (pieces.length !== parts.length) return null;
    const params = {};
    for (const [index, part] of parts.entries()) {
      const piece = pieces[index];
      if (part.startsWith(':'))
        params[part.slice(1)] = decodeURIComponent(piece);
      else if (part !== piece) return null;
    }
    return params;
  };
}

function split(path) {
  return path.split('/').filter((piece) => piece !== '');
}

module.exports = { compilePattern };
