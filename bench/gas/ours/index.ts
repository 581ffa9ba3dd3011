import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { measureAnchors } from "./anchors.js";
import { measureConsents } from "./consents.js";
import { measureDeciding } from "./deciding.js";
import { measureEmergency } from "./emergency.js";
import { measurePasskeys } from "./passkey.js";
import { prepare } from "./prepare.js";
import { measureRecords } from "./records.js";
import { measureSigned } from "./signed.js";

/** Every operation of Consentry, in the order of a story. */
export async function measureOurs(chain: Chain): Promise<Figures> {
  await prepare(chain.suite);
  return {
    ...(await measureConsents(chain)),
    ...(await measureSigned(chain)),
    ...(await measurePasskeys(chain)),
    ...(await measureEmergency(chain)),
    ...(await measureRecords(chain)),
    ...(await measureDeciding(chain)),
    ...(await measureAnchors(chain)),
  };
}
