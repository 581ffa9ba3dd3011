import type { Guardians } from "@consentry/sdk";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Time } from "../../../ui/Time.js";
import { PassOn } from "../PassOn.js";
import type { Approval } from "./gather.js";
import { SendButton } from "./SendButton.js";
import { useSend } from "../../../session/useSend.js";

/** Enough guardians have approved: somebody starts the wait. */
export function StartPart({ guardians, approvals }: { guardians: Guardians; approvals: readonly Approval[] }) {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  const sending = useSend(async ({ patients }) => {
    const { events } = await patients.startRecovery({ guardians, approvals });
    return events[0]?.readyAt ?? new Date();
  });
  if (sending?.result !== undefined) {
    return (
      <p className="notice notice-good" role="status">
        {texts.started} <Time value={sending.result} />.
      </p>
    );
  }
  return (
    <section aria-label={texts.start}>
      <h3>{texts.start}</h3>
      <p>{texts.startIntro}</p>
      {sending === undefined ? (
        <p className="notice">{texts.passkeySends}</p>
      ) : (
        <SendButton label={texts.start} {...sending} />
      )}
      <PassOn
        label={texts.passPackage}
        text={JSON.stringify({ guardians, approvals })}
        file={texts.packageFile}
        qr={false}
      />
    </section>
  );
}
