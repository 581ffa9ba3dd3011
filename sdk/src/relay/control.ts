import { packAppointment, stampOfAppointment } from "../patients/appointment.js";
import { dependentOf } from "../patients/dependentOf.js";
import { isSameAddress } from "../values/address.js";
import { type Deliveries, type Delivery, signedOf } from "./delivery.js";

const transferControl: Delivery<"TransferControl"> = {
  call({ consents }, statement) {
    const { acceptance, message } = statement;
    const { patient, controller, deadline } = message;
    const signed = signedOf(statement);
    return consents.transferControlBySig.populateTransaction(patient, controller, deadline, acceptance, signed);
  },
  async isDone({ consents }, { patient, controller, issuedAt }) {
    const [present, since] = await Promise.all([consents.controllerOf(patient), consents.controlSinceOf(patient)]);
    return isSameAddress(present, controller) && since >= BigInt(issuedAt);
  },
};

const createDependent: Delivery<"CreateDependent"> = {
  call({ consents }, statement) {
    const { salt, deadline } = statement.message;
    return consents.createDependentBySig.populateTransaction(salt, deadline, signedOf(statement));
  },
  async isDone({ consents }, { parent, salt }) {
    const dependent = dependentOf(parent, salt);
    return (await consents.controllerOf(dependent)) !== dependent;
  },
};

const appointRepresentative: Delivery<"AppointRepresentative"> = {
  call({ consents }, statement) {
    const { patient, representative, since, until, deadline } = statement.message;
    const signed = signedOf(statement);
    return consents.appointRepresentativeBySig.populateTransaction(
      patient,
      representative,
      since,
      until,
      deadline,
      signed,
    );
  },
  async isDone({ consents }, { patient, representative, since, until, issuedAt }) {
    const word = packAppointment(BigInt(since), BigInt(until), BigInt(issuedAt));
    return !supersedes(word, await consents.appointmentOf(patient, representative));
  },
};

const dismissRepresentative: Delivery<"DismissRepresentative"> = {
  call({ consents }, statement) {
    const { patient, representative } = statement.message;
    return consents.dismissRepresentativeBySig.populateTransaction(patient, representative, signedOf(statement));
  },
  async isDone({ consents }, { patient, representative, issuedAt }) {
    const word = packAppointment(0n, 0n, BigInt(issuedAt));
    return !supersedes(word, await consents.appointmentOf(patient, representative));
  },
};

const setExclusions: Delivery<"SetExclusions"> = {
  call({ consents }, statement) {
    const { patient, categories, deadline } = statement.message;
    return consents.setExclusionsBySig.populateTransaction(patient, categories, deadline, signedOf(statement));
  },
  async isDone({ consents }, { patient, categories, issuedAt }) {
    const stored = await consents.exclusionsOf(patient);
    if (stored.issuedAt !== BigInt(issuedAt)) return stored.issuedAt > BigInt(issuedAt);
    return (BigInt(categories) | stored.categories) === stored.categories;
  },
};

/** How what a controller says about who speaks, and what break-glass never opens, is delivered. */
export const controlDeliveries = {
  TransferControl: transferControl,
  CreateDependent: createDependent,
  AppointRepresentative: appointRepresentative,
  DismissRepresentative: dismissRepresentative,
  SetExclusions: setExclusions,
} satisfies Deliveries;

/** As contracts/types/Appointment.sol compares: newer, or as new and smaller as a number. */
function supersedes(word: bigint, other: bigint): boolean {
  const [stamp, otherStamp] = [stampOfAppointment(word), stampOfAppointment(other)];
  return stamp === otherStamp ? word < other : stamp > otherStamp;
}
