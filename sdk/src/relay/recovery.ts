import { type Deliveries, type Delivery, signedOf } from "./delivery.js";

const setGuardians: Delivery<"SetGuardians"> = {
  call({ consents }, statement) {
    const { patient, commitment, delay, deadline } = statement.message;
    return consents.setGuardiansBySig.populateTransaction(patient, commitment, delay, deadline, signedOf(statement));
  },
  isDone: async ({ consents }, { patient, issuedAt }) =>
    (await consents.guardiansOf(patient)).issuedAt >= BigInt(issuedAt),
};

const cancelRecovery: Delivery<"CancelRecovery"> = {
  call: ({ consents }, statement) =>
    consents.cancelRecoveryBySig.populateTransaction(statement.message.patient, signedOf(statement)),
  isDone: async ({ consents }, { patient, issuedAt }) =>
    (await consents.guardiansOf(patient)).cancelledAt >= BigInt(issuedAt),
};

/** How what a controller says about guardians and recoveries is delivered. */
export const recoveryDeliveries = {
  SetGuardians: setGuardians,
  CancelRecovery: cancelRecovery,
} satisfies Deliveries;
