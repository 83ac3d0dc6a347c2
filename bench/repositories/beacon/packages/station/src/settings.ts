import { readFile } from "node:fs/promises";

import { parseDuration } from "@beacon/schedule";

import type { Importance, Service } from "./service.ts";

export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const importances: readonly string[] = ["critical", "major", "minor"] satisfies Importance[];

export async function readSettings(path: string): Promise<Service[]> {
  const text = await readFile(path, "utf8");
  return parseSettings(text);
}

/** One service a line: `name url importance timeout`. */
export function parseSettings(text: string): Service[] {
  const lines = text.split("\n").map((line) => line.trim());
  const services = lines.filter((line) => line !== "" && !line.startsWith("#")).map(parseLine);
  const names = new Set(services.map(({ name }) => name));
  if (names.size !== services.length) throw new SettingsError("two services share a name");
  return services;
}

function parseLine(line: string): Service {
  const [name, url, importance = "minor", timeout] = line.split(/\s+/);
  if (!name || !url) throw new SettingsError(`a service needs a name and an address: ${line}`);
  if (!URL.canParse(url)) throw new SettingsError(`not an address: ${url}`);
  if (!isImportance(importance)) throw new SettingsError(`unknown importance: ${importance}`);
  const service = { id: name.toLowerCase(), name, url, importance };
  return timeout ? { ...service, timeoutMs: parseDuration(timeout) } : service;
}

function isImportance(text: string): text is Importance {
  return importances.includes(text);
}
