export { Box } from "./box";
export { type Cell, Grid } from "./grid";
export { clamp, closeTo, lerp, toDegrees, toRadians } from "./numbers";
export { distance, midpoint, type Point, point, samePoint, translate } from "./point";
export { area, centroid, contains, type Polygon, perimeter } from "./polygon";
export { lengthOf, type Polyline, pointAt, simplify } from "./polyline";
export { closestPoint, intersection, type Segment } from "./segment";
export { angleOf, cross, dot, magnitude, normalize, scale, type Vector, vector } from "./vector";
