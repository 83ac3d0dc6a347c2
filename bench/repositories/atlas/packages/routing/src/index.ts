export { directions } from "./directions";
export { RouteError } from "./errors";
export { type Edge, Graph } from "./graph";
export { type Itinerary, itinerary, type Stage } from "./itinerary";
export { nearestPlace, type Place, PlaceIndex } from "./places";
export { elevationProfile, type Profile } from "./profile";
export { findPath, type Path } from "./search";
export { type TerrainOptions, terrainGraph } from "./terrain-graph";
export { formatDuration, walkingTime } from "./time";
