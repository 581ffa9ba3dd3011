import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { useEffect, useState } from "react";

/** On paper only: when it was printed, and of whom. */
export function PrintHeading() {
  const { looked } = useTexts();
  const { patient } = useSession();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const refresh = (): void => setNow(new Date());
    window.addEventListener("beforeprint", refresh);
    return () => window.removeEventListener("beforeprint", refresh);
  }, []);
  return (
    <dl className="facts print-only">
      <div>
        <dt>{looked.printedAt}</dt>
        <dd>
          <Time value={now} />
        </dd>
      </div>
      <div>
        <dt>{looked.printedOf}</dt>
        <dd>
          <code>{patient}</code>
        </dd>
      </div>
    </dl>
  );
}
