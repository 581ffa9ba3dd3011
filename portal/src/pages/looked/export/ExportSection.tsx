import { type Disclosure } from "@consentry/sdk";
import { useState } from "react";
import { type Chain, useChain } from "../../../chain/ChainProvider.js";
import { useCodeNames, useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { ErrorNote } from "../../../ui/ErrorNote.js";
import { download, today } from "../../../ui/download.js";
import { jsonOf } from "./json.js";
import { readDisclosures } from "./readDisclosures.js";
import { tableOf } from "./table.js";

const FORMATS = {
  csv: { type: "text/csv;charset=utf-8", ending: "csv" },
  fhir: { type: "application/fhir+json", ending: "fhir.json" },
  json: { type: "application/json", ending: "json" },
} as const;

type Format = keyof typeof FORMATS;

type Progress =
  | { at: "idle" }
  | { at: "reading"; count: number }
  | { at: "done"; count: number }
  | { at: "failed"; error: unknown; format: Format };

/** The accounting of disclosures as a file, made in the browser. */
export function ExportSection({ patient }: { patient: string }) {
  const texts = useTexts();
  const names = useCodeNames();
  const chain = useChain();
  const [progress, setProgress] = useState<Progress>({ at: "idle" });
  const { looked, common } = texts;

  const piecesOf: Record<Format, (disclosures: Disclosure[]) => Promise<string[]>> = {
    csv: (disclosures) => tableOf(disclosures, texts, names),
    fhir: (disclosures) => lazyBundleOf(chain, disclosures),
    json: jsonOf,
  };
  const make = async (format: Format): Promise<void> => {
    setProgress({ at: "reading", count: 0 });
    const tell = (count: number): void => setProgress({ at: "reading", count });
    const disclosures = await readDisclosures(chain, patient, tell);
    const { type, ending } = FORMATS[format];
    download(await piecesOf[format](disclosures), `accounting-of-disclosures-${today()}.${ending}`, type);
    setProgress({ at: "done", count: disclosures.length });
  };
  const start = (format: Format): void => {
    make(format).catch((error: unknown) => setProgress({ at: "failed", error, format }));
  };
  return (
    <section className="card screen-only" aria-labelledby="export">
      <h2 id="export">{looked.exportHeading}</h2>
      <p>{looked.exportIntro}</p>
      <div className="actions">
        {(Object.keys(FORMATS) as Format[]).map((format) => (
          <button key={format} type="button" disabled={progress.at === "reading"} onClick={() => start(format)}>
            {looked.exports[format]}
          </button>
        ))}
        <button type="button" onClick={() => window.print()}>
          {common.print}
        </button>
      </div>
      {progress.at === "reading" && <Busy what={looked.exporting(progress.count)} />}
      {progress.at === "done" && <p role="status">{looked.exported(progress.count)}</p>}
      {progress.at === "failed" && <ErrorNote error={progress.error} retry={() => start(progress.format)} />}
    </section>
  );
}

/** FHIR is loaded by those who ask for it. */
async function lazyBundleOf(chain: Chain, disclosures: readonly Disclosure[]): Promise<string[]> {
  const { bundleOf } = await import("./fhir.js");
  return bundleOf(chain, disclosures);
}
