/** What slither found, and what of it is explained. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../deployment/settings.js";

/** The explanations, see {@link Explained}. */
export const EXPLANATIONS = join("tools", "slither.json");

export interface Finding {
  check: string;
  /** Where: functions as `Contract.function`, else contracts, variables and so on, by name. */
  places: string[];
  description: string;
}

interface Explained {
  /** Detectors that don't fit this project, each with the reason. */
  detectors: Record<string, string>;
  /** Findings that are no faults: the detector, the place, words of the finding, and the reason. */
  findings: { check: string; place: string; text: string; reason: string }[];
}

interface Element {
  type: string;
  name: string;
  type_specific_fields?: { parent?: Element };
}

interface Report {
  results: { detectors?: { check: string; description: string; elements: Element[] }[] };
}

export function findingsIn(report: string): Finding[] {
  const { results } = JSON.parse(report) as Report;
  return (results.detectors ?? []).map(({ check, description, elements }) => {
    const places = elements.map(placeOf).filter((place) => place !== undefined);
    return { check, places: [...new Set(places)], description };
  });
}

function placeOf({ type, name, type_specific_fields }: Element): string | undefined {
  const parent = type_specific_fields?.parent;
  if (type === "node") return parent && placeOf(parent);
  return parent?.type === "contract" ? `${parent.name}.${name}` : name;
}

export function explained(): Explained {
  return JSON.parse(readFileSync(join(ROOT, EXPLANATIONS), "utf8")) as Explained;
}

/** The findings that nobody has explained, and the explanations of what is not found any more. */
export function judge(
  findings: readonly Finding[],
  { findings: known }: Explained,
): { open: Finding[]; stale: string[] } {
  const fits = ({ check, places, description }: Finding, one: (typeof known)[number]) =>
    check === one.check && places[0] === one.place && description.includes(one.text);
  return {
    open: findings.filter((finding) => !known.some((one) => fits(finding, one))),
    stale: known
      .filter((one) => !findings.some((finding) => fits(finding, one)))
      .map(({ check, place }) => `${check} in ${place}`),
  };
}
