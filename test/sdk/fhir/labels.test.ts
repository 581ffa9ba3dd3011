import { allCategories, type Category, isSensitivity } from "@consentry/sdk";
import { filterBundle, labelsOf } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { needFixtures } from "./fixtures.js";
import { patients, type RealBundle, summaries } from "./records.js";

const KINDS = allCategories().filter((name) => !isSensitivity(name));

function countsOf(bundles: readonly RealBundle[]): Map<Category, number> {
  const counts = new Map<Category, number>();
  for (const { resource } of bundles.flatMap(({ entry }) => entry)) {
    for (const name of labelsOf(resource).categories) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function withheldOf(bundles: readonly RealBundle[], categories: Category[]): number {
  return bundles.flatMap((bundle) => filterBundle(bundle, { categories }).withheld).length;
}

/** The rows of the table in docs/fhir.md. */
function tableOf(synthea: RealBundle[], ips: RealBundle[]): string[][] {
  const [one, other] = [countsOf(synthea), countsOf(ips)];
  const names = allCategories().filter((name) => one.has(name) || other.has(name));
  const row = (name: string, count: (bundles: RealBundle[]) => number) => [
    name,
    ...[synthea, ips].map((each) => `${count(each)}`),
  ];
  return [
    row("resources", (bundles) => bundles.flatMap(({ entry }) => entry).length),
    ...names.map((name) => [`\`${name}\``, `${one.get(name) ?? 0}`, `${other.get(name) ?? 0}`]),
    row("any sensitivity", (bundles) => withSensitivity(bundles)),
    row("withheld by a consent to all kinds, without sensitivities", (bundles) => withheldOf(bundles, KINDS)),
    row("withheld if `OTHER_KIND` is missing, too", (bundles) => withheldOf(bundles, KINDS.slice(0, -1))),
    row("withheld by a consent to `LABS` alone", (bundles) => withheldOf(bundles, ["LABS"])),
  ];
}

function withSensitivity(bundles: readonly RealBundle[]): number {
  const resources = bundles.flatMap(({ entry }) => entry);
  return resources.filter(({ resource }) => labelsOf(resource).categories.some((name) => isSensitivity(name))).length;
}

function documented(): string[][] {
  const page = readFileSync(new URL("../../../docs/fhir.md", import.meta.url), "utf8");
  const section = page.split(/^#+ /m).find((text) => text.startsWith("Real records\n"))!;
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("labelsOf over real records", () => {
  before(function () {
    needFixtures(this);
  });

  it("gives the table of docs/fhir.md", () => {
    expect(KINDS.at(-1)).to.equal("OTHER_KIND");
    expect(documented()).to.deep.equal(tableOf(patients(), summaries()));
  });
});
