import type { RegistryEvent } from "@consentry/sdk";
import { useSession } from "../../../session/SessionProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { shortAddress, useNameOf } from "../../../ui/Party.js";
import { type Told, useTold } from "../useTold.js";
import { isLift } from "../words/words.js";
import type { Texts } from "../../../texts/en/index.js";

/** Who did something: languages say "you" in another way than a name. */
export interface Who {
  readonly name: string;
  readonly isYou: boolean;
}

/** An event as one plain sentence. */
export function useSentence(): (event: RegistryEvent) => string {
  const { access } = useTexts();
  const { account, patient } = useSession();
  const nameOf = useNameOf();
  const told = useTold();
  const whoIs = (address: string): Who => {
    if (address === account) return { name: access.timeline.you, isYou: true };
    if (address === patient) return { name: access.timeline.patient, isYou: false };
    const name = nameOf(address);
    return { name: name === shortAddress(address) ? access.timeline.somebody(name) : name, isYou: false };
  };
  return (event) => sentenceOf(event, { whoIs, nameOf, told, timeline: access.timeline });
}

interface Words {
  whoIs: (address: string) => Who;
  nameOf: (address: string) => string;
  told: Told;
  timeline: Texts["access"]["timeline"];
}

function sentenceOf(event: RegistryEvent, { whoIs, nameOf, told, timeline }: Words): string {
  const by = whoIs(event.by);
  switch (event.type) {
    case "ConsentGranted":
      if (isLift(event)) return timeline.showed(by, nameOf(event.grantee));
      return timeline.granted(by, nameOf(event.grantee), told.terms(event.terms), placeOf(event.scope.kind, timeline));
    case "ConsentRevoked":
      if (event.scope.kind === "general") return timeline.revoked(by, nameOf(event.grantee));
      if (event.scope.kind === "record") return timeline.hid(by, nameOf(event.grantee));
      return timeline.revokedPart(by, nameOf(event.grantee), told.scope(event.scope));
    case "ConsentRestarted":
      return timeline.restarted(nameOf(event.grantee));
    case "GlassBroken":
      return timeline.brokeGlass(nameOf(event.grantee), told.categories(event.terms.categories));
    case "AllRevoked":
      return timeline.revokedAll(by);
    case "ControlTransferred":
      return timeline.transferred(by, nameOf(event.controller));
    case "RecoveryCompleted":
      return timeline.recovered(nameOf(event.controller));
    case "DependentCreated":
      return timeline.created(by);
    case "RepresentativeAppointed":
      return timeline.appointed(by, nameOf(event.representative));
    case "RepresentativeDismissed":
      return timeline.dismissed(by, nameOf(event.representative));
    case "ExclusionsChanged":
      if (event.categories.length === 0) return timeline.excludedNothing(by);
      return timeline.excluded(by, told.categories(event.categories));
    case "GuardiansChanged":
      return event.commitment === undefined ? timeline.noGuardians(by) : timeline.guardians(by);
    case "RecoveryStarted":
      return timeline.recoveryStarted(nameOf(event.controller));
    case "RecoveryCancelled":
      return timeline.recoveryCancelled(by);
  }
}

/** Where a consent is about less than everything. */
function placeOf(kind: string, { within }: Words["timeline"]): string | undefined {
  return kind === "record" || kind === "programme" ? within[kind] : undefined;
}

/** When it was said; undefined where the chain does not tell. */
export function timeOf(event: RegistryEvent): Date | undefined {
  switch (event.type) {
    case "AllRevoked":
      return event.voidBefore;
    case "ControlTransferred":
    case "RecoveryCompleted":
      return event.controlSince;
    case "RecoveryCancelled":
      return event.cancelledAt;
    case "DependentCreated":
      return undefined;
    default:
      return event.statedAt;
  }
}
