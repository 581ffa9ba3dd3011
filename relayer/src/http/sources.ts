import { createHmac, randomBytes } from "node:crypto";
import { normalizeIP } from "@fastify/rate-limit";

/** For as long as the process runs: nobody can tell from what is on disk where a statement came from. */
const KEY = randomBytes(32);

/** Names the IP address, or the IPv6 network of 64 bits, that a request comes from, without telling it. */
export function sourceOf(ip: string): string {
  return createHmac("sha256", KEY).update(normalizeIP(ip, 64)).digest("hex").slice(0, 32);
}
