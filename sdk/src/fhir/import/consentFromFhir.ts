import { categoriesFromBits } from "../../codes/categories.js";
import { familyOf } from "../../codes/families.js";
import type { PurposeFamily } from "../../codes/types.js";
import type { RevocationInput } from "../../consents/revoke.js";
import { InvalidParameterError } from "../../errors/input.js";
import { GENERAL_SCOPE } from "../../scopes/scope.js";
import { ANY_PROVIDER } from "../../values/address.js";
import { toBoolean } from "../../values/booleans.js";
import { toStart } from "../../values/dates.js";
import { onlyKeys } from "../../values/keys.js";
import { oneOf } from "../../values/lists.js";
import { parseConsent } from "../consent/parseConsent.js";
import type { ParsedConsent, ReviewIssue } from "../consent/types.js";
import { undated } from "../consent/undated.js";
import { checkOptions } from "../evaluation/toAsked.js";
import { Cells, type Place } from "./cells.js";
import { issuesOf } from "./issues.js";
import { resolve, rulesIn } from "./resolve.js";
import type { ImportedConsents, ImportedGrant, ImportOptions, LeftOutCategories } from "./types.js";
import { grantOf, joined, type WeighedCell, type Word, wordOf } from "./words.js";

const OPTION_KEYS = [
  "chainId",
  "patientOf",
  "granteeOf",
  "membersOf",
  "recordOf",
  "anyProvider",
  "sensitive",
  "at",
  "combining",
  "timeZone",
] as const satisfies readonly (keyof ImportOptions)[];

/**
 * Compiles the set of a patient's live Consents (FHIR R4; R5 as far as it maps) into grants and refusals for the chain: exactly
 * where bits can say it, otherwise as a ceiling with `conditional`, which `evaluate` narrows. Never wider than the documents.
 *
 * @param consents every Consent of one patient that may be live: a deny in one clears bits in all grants
 * @param options how names are found on the chain
 * @returns what to say on the chain, revocations first; what can't be computed is in `needsReview`, and then nothing is granted
 * @throws MalformedResourceError with the path of the element that is wrong
 * @throws InvalidParameterError, InvalidDateError, InvalidAddressError, InvalidRecordIdError about options and what they return
 * @example
 * import { consentFromFhir } from "@consentry/sdk/fhir";
 *
 * const { grants, needsReview } = await consentFromFhir([consent], { chainId: 31337, granteeOf });
 * if (needsReview.length === 0) await consentry.consents.grant({ grants, evidence });
 */
export async function consentFromFhir(consents: readonly object[], options: ImportOptions): Promise<ImportedConsents> {
  const settings = settingsOf(options);
  if (!Array.isArray(consents)) throw new InvalidParameterError("consents", "a list of Consents");
  const all = consents.map((consent: object, i) => parseConsent(consent, i, settings.timeZone));
  const live = all.filter(
    ({ status, isAboutData, unclear }) => status !== "dead" && (isAboutData || unclear.length > 0),
  );
  const resolved = await resolve(live, options);
  const importing = new Importing(live, {
    ...settings,
    resolved,
    issues: [...live.flatMap(issuesOf), ...(settings.newestWins ? undated(live) : []), ...resolved.issues],
  });
  return importing.result();
}

type Settings = ReturnType<typeof settingsOf>;

function settingsOf(options: ImportOptions) {
  onlyKeys(options, OPTION_KEYS, "options.");
  const { chainId, anyProvider, sensitive = "named", at, ...others } = options;
  if (!isChainId(chainId))
    throw new InvalidParameterError("options.chainId", "the id of the chain that grants are for");
  const { newestWins, timeZone } = checkOptions({ combining: others.combining, timeZone: others.timeZone });
  return {
    newestWins,
    timeZone,
    anyProvider: toBoolean(anyProvider, "options.anyProvider"),
    asWritten: oneOf(["named", "as-written"], sensitive, "options.sensitive") === "as-written",
    at: at === undefined ? Date.now() : Number(toStart(at, "options.at")) * 1000,
  };
}

function isChainId(value: unknown): boolean {
  return typeof value === "bigint" ? value > 0n : Number.isSafeInteger(value) && Number(value) > 0;
}

interface Found extends Settings {
  resolved: Awaited<ReturnType<typeof resolve>>;
  issues: ReviewIssue[];
}

/** What one grantee gets. */
interface Share {
  grants: ImportedGrant[];
  revocations: RevocationInput[];
  leftOut: LeftOutCategories[];
}

const NOTHING: Share = { grants: [], revocations: [], leftOut: [] };

/** One import. */
class Importing {
  readonly #consents: readonly ParsedConsent[];
  readonly #found: Found;
  readonly #cells: Cells;
  readonly #records: readonly string[];
  readonly #programmes: readonly string[];

  constructor(consents: readonly ParsedConsent[], found: Found) {
    this.#consents = consents;
    this.#found = found;
    this.#cells = new Cells({ consents, records: [], ...found }, found.at);
    this.#records = [...new Set(found.resolved.records.values())];
    const rules = consents.flatMap(({ root }) => (root === undefined ? [] : rulesIn(root)));
    this.#programmes = [...new Set(rules.flatMap(({ bounds }) => bounds.programme ?? []))];
  }

  result(): ImportedConsents {
    const { resolved, issues } = this.#found;
    const { patient } = resolved;
    const groups = [...new Set(resolved.groups.values())];
    if (issues.length > 0) return { ...NOTHING, patient, groups, needsReview: issues };
    const shares = this.#shares();
    if (this.#found.issues.length > 0) return { ...NOTHING, patient, groups, needsReview: this.#found.issues };
    return {
      patient,
      revocations: shares.flatMap(({ revocations }) => revocations),
      grants: shares.flatMap(({ grants }) => grants),
      leftOut: shares.flatMap(({ leftOut }) => leftOut),
      groups,
      needsReview: [],
    };
  }

  #shares(): Share[] {
    const anybody = this.#shareOf(ANY_PROVIDER, false);
    if (anybody.grants.length > 0 && !this.#found.anyProvider) this.#noteNobody();
    return [anybody, ...this.#named().map((grantee) => this.#shareBeside(anybody, grantee))];
  }

  /** Who is named, but not the patient, who needs no consent. */
  #named(): string[] {
    const { grantees, groups, patient } = this.#found.resolved;
    const all = new Set([...grantees.values(), ...[...groups.values()].flatMap(({ members }) => members)]);
    return [...all].filter((grantee) => grantee !== patient && grantee !== ANY_PROVIDER);
  }

  /** Where anybody is granted something, whoever gets something else is withdrawn from first, and gets its own. */
  #shareBeside(anybody: Share, grantee: string): Share {
    const share = this.#shareOf(grantee, false);
    const isSame = JSON.stringify(share).replaceAll(grantee, ANY_PROVIDER) === JSON.stringify(anybody);
    if (anybody.grants.length === 0 || share.revocations.some((each) => isWhole(each))) return share;
    if (isSame) return NOTHING;
    const apart = this.#shareOf(grantee, true);
    return { ...apart, revocations: [{ grantee }, ...apart.revocations] };
  }

  #noteNobody(): void {
    for (const { root, name } of this.#consents) {
      for (const { bounds, effect, path } of root === undefined ? [] : rulesIn(root)) {
        if (effect !== "permit" || bounds.recipients !== undefined) continue;
        const reason = "It names no recipient: choose `anyProvider` if every provider is meant.";
        this.#found.issues.push({ consent: name, path: `${path}.actor`, reason });
        return;
      }
    }
  }

  /** @param isApart whether every family must have a scope of its own */
  #shareOf(grantee: string, isApart: boolean): Share {
    const bare = this.#cells.of(grantee, {}, []);
    const ofRecords = this.#records.map((record) => ({ record, cells: this.#cells.of(grantee, { record }, []) }));
    const hidden = ofRecords.filter(({ cells }) => isHidden(cells, bare)).map(({ record }) => record);
    const shown = this.#records.filter((record) => !hidden.includes(record));
    const general = this.#bounded(this.#cells.of(grantee, {}, shown));
    const extra = ofRecords.filter(({ record, cells }) => !hidden.includes(record) && exceeds(cells, general));
    return {
      grants: [
        ...this.#generalGrants(general, grantee, isApart),
        ...extra.flatMap(({ record, cells }) => grantIn(cells, grantee, { record })),
        ...(grantee === ANY_PROVIDER
          ? []
          : this.#programmes.flatMap((programme) => this.#inProgramme(grantee, programme))),
      ],
      revocations: [
        ...this.#refusals(grantee, general),
        ...hidden.map((record) => (grantee === ANY_PROVIDER ? { record } : { grantee, record })),
      ],
      leftOut: leftOutOf(general, grantee),
    };
  }

  /** A consent for one programme may deny there what is granted in general. */
  #bounded(cells: WeighedCell[]): WeighedCell[] {
    if (this.#programmes.length === 0) return cells;
    return cells.map((cell) => ({ ...cell, ceiling: { ...cell.ceiling, exact: false } }));
  }

  #inProgramme(grantee: string, programme: string): ImportedGrant[] {
    return grantIn(this.#cells.of(grantee, { programme }, this.#records), grantee, { programme });
  }

  #generalGrants(cells: readonly WeighedCell[], grantee: string, isApart: boolean): ImportedGrant[] {
    const hints = this.#consents.flatMap(({ scopeHint }) => scopeHint ?? []);
    const words = familiesIn(cells).flatMap((family) => wordOf(cells.filter(isOf(family))) ?? []);
    const one = isApart || hints.some((hint) => hint.startsWith("0x02")) ? undefined : joined(words);
    if (one === undefined) return words.map((word) => grantOf(word, grantee));
    const isHinted = words.length === 1 && hints.includes(GENERAL_SCOPE);
    return [grantOf(one, grantee, isHinted ? { scope: "general" } : {})];
  }

  /** What is forbidden altogether, or in a whole family, or in a programme; break-glass only if a rule says so. */
  #refusals(grantee: string, cells: readonly WeighedCell[]): RevocationInput[] {
    const families = familiesIn(cells).filter((family) => isDenied(cells.filter(isOf(family))));
    const isAll = isDenied(cells);
    const isBroken = grantee !== ANY_PROVIDER && isDenied(this.#cells.of(grantee, {}, [], true));
    const programmes = grantee === ANY_PROVIDER || isAll ? [] : this.#programmes;
    return [
      ...(isAll ? [{ grantee }] : families.map((purpose) => ({ grantee, purpose }))),
      ...(isBroken ? [{ grantee, purpose: "BTG" }] : []),
      ...programmes
        .filter((programme) => isDenied(this.#cells.of(grantee, { programme }, [])))
        .map((programme) => ({ grantee, programme })),
    ];
  }
}

function isWhole({ grantee, purpose, record, programme }: RevocationInput): boolean {
  return grantee !== undefined && purpose === undefined && record === undefined && programme === undefined;
}

function familiesIn(cells: readonly WeighedCell[]): PurposeFamily[] {
  return [...new Set(cells.flatMap(({ purpose }) => familyOf(purpose.name) ?? []))];
}

function isOf(family: PurposeFamily): (cell: WeighedCell) => boolean {
  return ({ purpose }) => familyOf(purpose.name) === family;
}

function isDenied(cells: readonly WeighedCell[]): boolean {
  return cells.length > 0 && cells.every(({ ceiling }) => ceiling.denied);
}

/** Nothing of the record is permitted, though data are, or a rule forbids it. */
function isHidden(cells: readonly WeighedCell[], general: readonly WeighedCell[]): boolean {
  if (cells.some(({ ceiling }) => ceiling.categories !== 0n)) return false;
  return isDenied(cells) || general.some(({ ceiling }) => ceiling.categories !== 0n);
}

function exceeds(cells: readonly WeighedCell[], general: readonly WeighedCell[]): boolean {
  return cells.some(({ ceiling }, i) => (ceiling.categories & ~(general[i]?.ceiling.categories ?? 0n)) !== 0n);
}

function grantIn(cells: readonly WeighedCell[], grantee: string, place: Place): ImportedGrant[] {
  const word: Word | undefined = wordOf(cells);
  return word === undefined ? [] : [grantOf(word, grantee, place)];
}

function leftOutOf(cells: readonly WeighedCell[], grantee: string): LeftOutCategories[] {
  const bits = cells.reduce((all, { ceiling }) => all | ceiling.leftOut, 0n);
  return bits === 0n ? [] : [{ grantee, categories: categoriesFromBits(bits) }];
}
