import type { LogDescription } from "ethers";
import { ZeroHash } from "ethers";
import { ethers } from "../chain.js";
import { NO_RECOVERY } from "./recovery.js";
import { eventsIn, type World } from "./setup.js";

/** What stands of one patient, as the views give it. */
export interface State {
  controller: string;
  controlSince: bigint;
  voidBefore: bigint;
  exclusions: { categories: bigint; issuedAt: bigint };
  appointments: Record<string, bigint>;
  guardianship: Guardianship;
  recovery: { controller: string; readyAt: bigint; issuedAt: bigint };
}

interface Guardianship {
  commitment: string;
  next: string;
  delay: bigint;
  nextDelay: bigint;
  nextAt: bigint;
  issuedAt: bigint;
  cancelledAt: bigint;
}

const NOBODY_NEXT = { next: ZeroHash, nextDelay: 0n, nextAt: 0n };

function unchanged(patient: string): State {
  return {
    controller: patient,
    controlSince: 0n,
    voidBefore: 0n,
    exclusions: { categories: 0n, issuedAt: 0n },
    appointments: {},
    guardianship: { commitment: ZeroHash, delay: 0n, ...NOBODY_NEXT, issuedAt: 0n, cancelledAt: 0n },
    recovery: NO_RECOVERY,
  };
}

/** Every event of the registry with the time of its block, in order. */
export async function history({ consents }: World): Promise<{ event: LogDescription; time: bigint }[]> {
  const logs = eventsIn(await ethers.provider.getLogs({ address: await consents.getAddress(), fromBlock: 0 }));
  const blocks = [...new Set(logs.map(({ blockNumber }) => blockNumber))];
  const times = new Map<number, bigint>();
  for (const number of blocks) times.set(number, BigInt((await ethers.provider.getBlock(number))!.timestamp));
  return logs.map((log) => ({ event: consents.interface.parseLog(log)!, time: times.get(log.blockNumber)! }));
}

/** The state of a patient, rebuilt from events alone. */
export function replayed(events: readonly { event: LogDescription; time: bigint }[], patient: string): State {
  const state = unchanged(patient);
  for (const { event, time } of events) {
    const about = event.name === "DependentCreated" ? "dependent" : "patient";
    if (event.args[about] === patient) apply(state, event, time);
  }
  return state;
}

function apply(state: State, { name, args }: LogDescription, time: bigint): void {
  const { guardianship } = state;
  switch (name) {
    case "ControlTransferred":
    case "RecoveryCompleted":
      [state.controller, state.controlSince] = [args["controller"] as string, args["controlSince"] as bigint];
      state.recovery = NO_RECOVERY;
      settle(guardianship, time);
      Object.assign(guardianship, NOBODY_NEXT);
      break;
    case "DependentCreated":
      state.controller = args["parent"] as string;
      break;
    case "RepresentativeChanged":
      state.appointments[args["representative"] as string] = args["appointment"] as bigint;
      break;
    case "ExclusionsChanged":
      state.exclusions = { categories: args["categories"] as bigint, issuedAt: args["issuedAt"] as bigint };
      break;
    case "GuardiansChanged":
      settle(guardianship, time);
      guardianship.issuedAt = args["issuedAt"] as bigint;
      guardianship.next = args["commitment"] as string;
      guardianship.nextDelay = args["delay"] as bigint;
      guardianship.nextAt = args["effectiveAt"] as bigint;
      settle(guardianship, time);
      break;
    case "RecoveryStarted":
      settle(guardianship, time);
      Object.assign(guardianship, NOBODY_NEXT);
      state.recovery = {
        controller: args["controller"] as string,
        readyAt: args["readyAt"] as bigint,
        issuedAt: args["issuedAt"] as bigint,
      };
      break;
    case "RecoveryCancelled":
      guardianship.cancelledAt = args["cancelledAt"] as bigint;
      if (state.recovery.issuedAt <= guardianship.cancelledAt) state.recovery = NO_RECOVERY;
      break;
    case "AllRevoked":
      state.voidBefore = args["voidBefore"] as bigint;
  }
}

/** Those who follow take office when their time has come. */
function settle(guardianship: Guardianship, time: bigint): void {
  if (guardianship.nextAt === 0n || time < guardianship.nextAt) return;
  Object.assign(guardianship, { commitment: guardianship.next, delay: guardianship.nextDelay, ...NOBODY_NEXT });
}

/** The state of a patient, as the contract's views give it. */
export async function viewed({ consents }: World, patient: string, representatives: readonly string[]): Promise<State> {
  const [categories, stamp] = await consents.exclusionsOf(patient);
  const guardianship = await consents.guardiansOf(patient);
  const { controller, readyAt, issuedAt } = await consents.recoveryOf(patient);
  const appointments: Record<string, bigint> = {};
  for (const representative of representatives) {
    const stored = await consents.appointmentOf(patient, representative);
    if (stored !== 0n) appointments[representative] = stored;
  }
  return {
    controller: await consents.controllerOf(patient),
    controlSince: await consents.controlSinceOf(patient),
    voidBefore: await consents.voidBeforeOf(patient),
    exclusions: { categories, issuedAt: stamp },
    appointments,
    guardianship: {
      commitment: guardianship.commitment,
      next: guardianship.next,
      delay: guardianship.delay,
      nextDelay: guardianship.nextDelay,
      nextAt: guardianship.nextAt,
      issuedAt: guardianship.issuedAt,
      cancelledAt: guardianship.cancelledAt,
    },
    recovery: { controller, readyAt, issuedAt },
  };
}
