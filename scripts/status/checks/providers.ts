/** Accreditations do not end unnoticed. */
import { lookupOf } from "@consentry/sdk/lookup";
import { clean } from "../../../cli/src/output/clean.js";
import { LIMITS } from "../limits.js";
import type { ChainLook, Check, Finding, Sample } from "../types.js";

type Listed = Awaited<ReturnType<ReturnType<typeof lookupOf>["providers"]>>[number];

const STATES = ["active", "expired", "suspended", "revoked"] as const;
type State = (typeof STATES)[number];

const DAY = 86_400;

export const providers: Check<ChainLook> = {
  name: "the directory of providers",
  holds: 60,
  run: async ({ main, client }) => {
    const listed = await lookupOf(await client()).providers();
    // The contracts go by the time of the chain, too.
    const now = main.head.timestamp;
    const count = (state: State) => listed.filter((provider) => stateOf(provider, now) === state).length;
    return {
      facts: [["providers", STATES.map((state) => `${count(state)} ${state}`).join(", ")]],
      findings: listed.flatMap((provider) => findingsOf(provider, now)),
      samples: [
        ...STATES.map((state): Sample => ({ metric: "consentry_providers", value: count(state), labels: { state } })),
        ...listed.flatMap(expiryOf),
      ],
    };
  },
};

/** A name from the chain, so that it can't steer a terminal, and the address. */
export function called({ name, provider }: Pick<Listed, "name" | "provider">): string {
  return `${clean(name)} (${provider})`;
}

function stateOf({ standing, until }: Listed, now: number): State {
  return standing === "active" && secondsOf(until) <= now ? "expired" : standing;
}

function secondsOf(until: Listed["until"]): number {
  return until === "until-revoked" ? Infinity : until.getTime() / 1000;
}

/** A revoked provider is as its accreditor wants it. */
function findingsOf(provider: Listed, now: number): Finding[] {
  const [who, { accreditor, until }] = [called(provider), provider];
  const warning = (sentence: string): Finding[] => [{ severity: "warning", sentence }];
  const by = `accreditor ${accreditor.id} (${accreditor.account ?? "nobody stands behind it now"})`;
  switch (stateOf(provider, now)) {
    case "suspended":
      return warning(
        `${who} is suspended, and permitted nothing: have it looked into, then reinstated by the consortium or revoked by ${by}.`,
      );
    case "expired":
      return warning(
        `The accreditation of ${who} has ended, and it is permitted nothing: have ${by} renew it, or revoke it if it is not to come back.`,
      );
    case "active": {
      const days = Math.floor((secondsOf(until) - now) / DAY);
      if (until === "until-revoked" || days >= LIMITS.expiry) return [];
      return warning(
        `The accreditation of ${who} ends in ${days} days, at ${until.toISOString()}: have ${by} renew it.`,
      );
    }
    default:
      return [];
  }
}

function expiryOf({ provider, standing, until }: Listed): Sample[] {
  if (standing !== "active" || until === "until-revoked") return [];
  const metric = "consentry_provider_expiry_timestamp_seconds";
  return [{ metric, value: secondsOf(until), labels: { provider } }];
}
