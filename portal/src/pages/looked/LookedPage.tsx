import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { AccessList } from "./AccessList.js";
import { EmergencySection } from "./emergency/EmergencySection.js";
import { ExportSection } from "./export/ExportSection.js";
import { PrintHeading } from "./PrintHeading.js";
import { Recorded } from "./Recorded.js";
import "./looked.css";

/** Who looked at the patient's data, who was refused, and who broke the glass. */
export function LookedPage() {
  const { looked } = useTexts();
  const { patient } = useSession();
  return (
    <>
      <h1>{looked.heading}</h1>
      <PrintHeading />
      <p className="lead">{looked.intro}</p>
      <EmergencySection key={`emergencies ${patient}`} patient={patient} />
      <AccessList key={`accesses ${patient}`} patient={patient} />
      <ExportSection key={`export ${patient}`} patient={patient} />
      <Recorded />
    </>
  );
}
