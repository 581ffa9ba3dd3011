import { type Client, contextOfClient } from "../client.js";
import { InvalidParameterError } from "../errors/input.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { toParty } from "../values/address.js";
import { bind } from "../writes/action.js";
import { requireNotOutdated } from "./current.js";
import { type Both, decide } from "./decide.js";
import { deliver } from "./deliver.js";
import { hasMoved } from "./hasMoved.js";
import { plan } from "./plan.js";
import { sign } from "./sign.js";
import { verifySuccession } from "./successor.js";
import type { Moving } from "./types.js";

/**
 * What patients and EHR systems need while a new version of the registry stands beside the old one.
 *
 * @param from a client of the predecessor's deployment
 * @param to a client of the deployment that comes after it, on the same chain; whoever signs and sends is this client's
 * @throws DeploymentMismatchError if the one does not come after the other, InvalidParameterError, NetworkError, TimeoutError
 * @example
 * import { connect, knownDeployments } from "@consentry/sdk";
 * import { movingBetween } from "@consentry/sdk/moving";
 *
 * const [old, present] = knownDeployments();
 * const moving = await movingBetween(await connect({ runner, deployment: old }), await connect({ runner, deployment: present }));
 * const { permitted, client } = await moving.decide({ patient, grantee, categories: ["LABS"], purpose: "TREAT" });
 */
export async function movingBetween(from: Client, to: Client): Promise<Moving> {
  const both = bothOf(from, to);
  if (from.chainId !== to.chainId) throw new InvalidParameterError("to", "on the same chain as `from`");
  await verifySuccession(both.before, both.after).catch((error: unknown) => {
    throw toConsentryError(error);
  });
  const { after } = both;
  return {
    from,
    to,
    hasMoved: bind(after, (context, patient: string) => hasMoved(context, toParty(patient, "patient"))),
    decide: bind(after, (_, question) => decide(both, question)),
    clientFor: bind(after, async (_, question) => (await decide(both, question)).client),
    plan: bind(after, (_, patient, options) => plan(both, patient, options)),
    sign: bind(after, (_, planned, options) => sign(both, planned, options)),
    requireCurrent: bind(after, (_, statements) => requireNotOutdated(both, statements)),
    deliver: bind(after, (_, statements, options) => deliver(both, statements, options)),
  };
}

function bothOf(from: Client, to: Client): Both {
  return { from, to, before: contextOfClient(from), after: contextOfClient(to) };
}
