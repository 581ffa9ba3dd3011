import type { ContractTransactionResponse, Overrides } from "ethers";
import { GAS, time } from "../chain.js";
import { EVIDENCE } from "../words.js";
import type { Person, World } from "./setup.js";
import type { Voice } from "./signing.js";
import { accepted, type Delivery, stated, transferred, type VerbName } from "./stated.js";

export function deliver(
  { consents, relayer }: Pick<World, "consents" | "relayer">,
  { name, args }: Delivery,
  ...overrides: readonly Overrides[]
): Sending {
  return call(consents.connect(relayer), name, [...args, ...overrides]);
}

type Sending = Promise<ContractTransactionResponse>;

function call(contract: World["consents"], name: string, args: readonly unknown[]): Sending {
  return contract.getFunction(name).send(...args);
}

export interface Said {
  readonly sending: Sending;
  /** What is said is stamped with it. Milliseconds. */
  readonly stamp: bigint;
  /** The time of the block. Seconds. */
  readonly at: bigint;
}

export interface Route {
  readonly name: string;
  /** Says it in the block of that second, or in the tenth after the latest. */
  readonly say: (world: World, by: Person, verb: VerbName, args: readonly unknown[], at?: bigint) => Promise<Said>;
  /** Puts another in control, who agreed in the same second. */
  readonly transfer: (world: World, by: Person, patient: string, to: Voice, at?: bigint) => Promise<Said>;
}

const direct: Route = {
  name: "directly",
  say: async ({ consents }, by, verb, args, at) => {
    const second = await nextBlockAt(at);
    const given = verb === "grant" ? [args[0], args[1], EVIDENCE] : args;
    return { at: second, stamp: second * 1000n + 999n, sending: call(consents.connect(by.caller), verb, given) };
  },
  transfer: async (world, by, patient, to, at) => {
    const second = await nextBlockAt(at);
    const { acceptance, deadline } = accepted(world, to, patient, second * 1000n);
    const args = [patient, to.account, deadline, acceptance];
    const sending = call(world.consents.connect(by.caller), "transferControl", args);
    return { at: second, stamp: second * 1000n + 999n, sending };
  },
};

const signed: Route = {
  name: "by signature",
  say: async (world, by, verb, args, at) => {
    const second = await nextBlockAt(at);
    const stamp = second * 1000n;
    return { at: second, stamp, sending: deliver(world, stated(world, by, verb, args, { issuedAt: stamp })) };
  },
  transfer: async (world, by, patient, to, at) => {
    const second = await nextBlockAt(at);
    const stamp = second * 1000n;
    return { at: second, stamp: stamp + 999n, sending: deliver(world, transferred(world, by, patient, to, stamp)) };
  },
};

export const ROUTES = [direct, signed] as const;
export { direct, signed };

/** A direct transfer for a block that holds other calls, too; the time of the block is fixed already. */
export function transferring(world: World, by: Person, patient: string, to: Voice, at: bigint): Sending {
  const { acceptance, deadline } = accepted(world, to, patient, at * 1000n);
  return world.consents.connect(by.caller).transferControl(patient, to.account, deadline, acceptance, GAS);
}

/** Says it and waits for the block. */
export async function done(saying: Promise<Said>): Promise<Said> {
  const said = await saying;
  await (await said.sending).wait();
  return said;
}

/** Fixes the time of the next block, to a second that has not been used unless one is given. */
export async function nextBlockAt(at?: bigint): Promise<bigint> {
  const second = at ?? BigInt(await time.latest()) + 10n;
  await time.setNextBlockTimestamp(second);
  return second;
}
