import type { Action, Category, Purpose } from "../../codes/types.js";

/**
 * What statements are made of in one language. A template has each of its `{placeholders}` once; a name in a list has
 * neither a comma nor a semicolon, and no two are the same.
 */
export interface StatementTexts {
  /**
   * Language and version, as in `en/1`, which every statement names. Never change texts that were signed: what they say is
   * proved by making them again. Write a new version, and keep the old one.
   */
  readonly id: string;
  /** The first words of every statement. */
  readonly heading: string;
  /** When, and for whom: `{issuedAt}`, `{patient}`. */
  readonly said: string;
  /** One consent: `{number}`, `{grantee}`, `{actions}`, `{kinds}`, `{sensitive}`, `{purposes}`, `{scope}`, `{start}`, `{end}`, `{condition}`. */
  readonly consent: string;
  /** In the place of an address: whoever the directory lists as active. */
  readonly anyProvider: string;
  /** In the place of a list of kinds: only sensitivities were named. */
  readonly noKind: string;
  /** Nothing sensitive is allowed. */
  readonly notSensitive: string;
  /** What is sensitive and allowed: `{list}`. */
  readonly sensitive: string;
  /** What the consent is about. */
  readonly scopes: {
    readonly general: string;
    /** `{family}`: the purpose at the root of the family. */
    readonly purpose: string;
    /** `{record}` */
    readonly record: string;
    /** `{programme}` */
    readonly programme: string;
  };
  /** No start was set. */
  readonly atOnce: string;
  /** `{time}`, which is included. */
  readonly from: string;
  /** `{time}`, which is excluded. */
  readonly until: string;
  readonly untilWithdrawn: string;
  /** A document narrows the consent: `{document}`, its hash. Stands at the end of the consent, before its full stop. */
  readonly conditional: string;
  /** What the consent of this number takes the place of: `{number}`, `{issuedAt}`. */
  readonly replacesConsent: string;
  readonly replacesRefusal: string;
  /** The document that belongs to the statement: `{document}`, its hash. */
  readonly document: string;
  readonly categories: Readonly<Record<Category, string>>;
  readonly purposes: Readonly<Record<Purpose, string>>;
  readonly actions: Readonly<Record<Action, string>>;
}
