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
    return new LazyDictionary(entries, this)
  }

  toJson(value: data.ExpressionData): Json {
    return this.#origins.get(value) ?? this.#unwrap(value)
  }

  #convert(json: Json): data.ExpressionData {
    if (json === null) return new data.Null()
    if (typeof json === 'string') return new data.StringData(json)
    if (typeof json === 'number') return new data.NumberData(json)
    if (typeof json === 'boolean') return new data.BooleanData(json)
    return isList(json) ? new LazyArray(json, this) : this.dictionary(json)
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

// A run's outputs are large and an expression looks at one leaf of them: only what it looks into is converted.

class LazyDictionary extends data.Dictionary {
  #entries: Readonly<Record<string, Json>>
  readonly #values: ExpressionValues

  constructor(entries: Readonly<Record<string, Json>>, values: ExpressionValues) {
    super()
    this.#entries = entries
    this.#values = values
  }

  override get(key: string): data.ExpressionData | undefined {
    this.#open()
    return super.get(key)
  }

  override values(): data.ExpressionData[] {
    this.#open()
    return super.values()
  }

  override pairs(): ReturnType<data.Dictionary['pairs']> {
    this.#open()
    return super.pairs()
  }

  #open(): void {
    for (const [key, value] of Object.entries(this.#entries)) {
      this.add(key, this.#values.from(value))
    }
    this.#entries = {}
  }
}

class LazyArray extends data.Array {
  #items: readonly Json[]
  readonly #values: ExpressionValues

  constructor(items: readonly Json[], values: ExpressionValues) {
    super()
    this.#items = items
    this.#values = values
  }

  override get(index: number): data.ExpressionData {
    this.#open()
    return super.get(index)
  }

  override values(): data.ExpressionData[] {
    this.#open()
    return super.values()
  }

  #open(): void {
    for (const item of this.#items) this.add(this.#values.from(item))
    this.#items = []
  }
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
