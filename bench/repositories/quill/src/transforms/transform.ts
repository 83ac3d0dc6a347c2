import type { Document } from '../document';

export interface Transform {
  readonly name: string;
  apply(document: Document): Document;
}

export function pipeline(...transforms: readonly Transform[]): Transform {
  return {
    name: transforms.map(({ name }) => name).join(' → '),
    apply: (document) =>
      transforms.reduce((current, transform) => transform.apply(current), document),
  };
}
