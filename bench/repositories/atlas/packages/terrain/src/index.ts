export { parseAscii, writeAscii } from "./ascii";
export { contourSegments } from "./contour";
export { type Cover, costFactor, describeCover, parseCover } from "./cover";
export { HeightMap } from "./height-map";
export { type LegendEntry, legend } from "./legend";
export { hillshade } from "./shade";
export { aspect, isSteep, slope } from "./slope";
export { flowAccumulation, flowDirection } from "./water";
