import { data } from '@actions/expressions'

import type { Json } from '#domain/outcome.ts'

/**
 * Our JSON as values of the expression language. Remembers where each came from: the language's
 * dictionaries ignore case and drop names such as `constructor`, and what passes through whole must stay whole.
 */
export class ExpressionValues {
  readonly #origins = new Map<data.ExpressionData, Json>()

  from(json: Json): data.ExpressionData {
    const value = this.#convert(json)
    this.#origins.set(value, json)
    return value
  }

  dictionary(entries: Readonly<Record<string, Json>>): data.Dictionary {
    const pairs = Object.entries(entries)
    const dictionary = new data.Dictionary()
    for (const [key, value] of pairs) dictionary.add(key, this.from(value))
    return dictionary
  }

  toJson(value: data.ExpressionData): Json {
    return this.#origins.get(value) ?? this.#unwrap(value)
  }

  #convert(json: Json): data.ExpressionData {
    if (json === null) return new data.Null()
    if (typeof json === 'string') return new data.StringData(json)
    if (typeof json === 'number') return new data.NumberData(json)
    if (typeof json === 'boolean') return new data.BooleanData(json)
    if (isList(json)) return this.#array(json)
    return this.dictionary(json)
  }

  #array(items: readonly Json[]): data.Array {
    const array = new data.Array()
    for (const item of items) array.add(this.from(item))
    return array
  }

  #unwrap(value: data.ExpressionData): Json {
    switch (value.kind) {
      case data.Kind.Null:
        return null
      case data.Kind.Boolean:
      case data.Kind.String:
        return value.value
      case data.Kind.Number:
        return Number.isFinite(value.value) ? value.value : null
      case data.Kind.Array:
        return value.values().map((item) => this.toJson(item))
      case data.Kind.Dictionary:
        return Object.fromEntries(value.pairs().map((pair) => [pair.key, this.toJson(pair.value)]))
    }
  }
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
