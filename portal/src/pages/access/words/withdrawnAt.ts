import type { ListedConsent, RegistryEvent } from "@consentry/sdk";

/** When a wider withdrawal ended a consent: from its grantee, or of everything; undefined if that is not known yet. */
export function withdrawnAt(
  { grantee, statedAt }: ListedConsent,
  words: readonly ListedConsent[],
  events: readonly RegistryEvent[],
): Date | undefined {
  const refusals = words.filter(({ scope, status, ...word }) => {
    return word.grantee === grantee && scope.kind === "general" && status === "refused";
  });
  const times = refusals.map((word) => word.statedAt);
  for (const event of events) {
    if (event.type === "AllRevoked") times.push(event.voidBefore);
    if (event.type !== "ConsentRevoked" || event.grantee !== grantee || event.scope.kind !== "general") continue;
    times.push(event.statedAt);
  }
  const later = times.filter((time) => time >= statedAt).map((time) => time.getTime());
  return later.length === 0 ? undefined : new Date(later.reduce((first, time) => Math.min(first, time)));
}
