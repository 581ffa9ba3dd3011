import { id, ZeroHash } from "ethers";
import type { Signer, Suite } from "../suite.js";
import { time } from "./chain.js";
import { categories } from "./codes.js";
import { commitmentOf, type Guardians } from "./control/setup.js";
import { DAY } from "./control/stated.js";
import { placeOf, sign, type Statement, type Voice } from "./control/signing.js";
import { voiceOf } from "./signing.js";
import { CONDITIONAL, GENERAL, pack, unpack } from "./words.js";

/** What the patient, and those whom the patient trusts, have signed for the table of roles: arguments by function. */
export async function statements({ consents, signers }: Suite): Promise<Record<string, unknown[]>> {
  const place = await placeOf(consents);
  const now = BigInt(await time.latest());
  const [issuedAt, deadline] = [now * 1000n, now + DAY];
  const { patient, hospital: heir, lab: guardian } = signers;
  const [own, accepting, approving] = [await speaking(patient), await speaking(heir), await speaking(guardian)];
  const said = (statement: Statement, message: Record<string, unknown>, by = own) =>
    sign(place, by, statement, { ...message, issuedAt });

  const terms = pack();
  const { flags, ...fields } = unpack(terms);
  const item = { grantee: heir.address, scope: GENERAL };
  const of = { patient: patient.address };
  const taking = { ...of, controller: heir.address, deadline };
  const acceptance = said("AcceptControl", taking, accepting);
  const guardians: Guardians = { accounts: [guardian.address], threshold: 1n, salt: id("salt") };
  const commitment = commitmentOf(patient.address, guardians);
  const recovering = { ...taking, guardian: guardian.address, commitment };
  const { signer, signature } = said("ApproveRecovery", recovering, approving);
  await consents.connect(patient).setGuardians(patient, commitment, DAY);
  const [since, until, salt, delay] = [0n, deadline, id("a child"), DAY];
  const excluded = categories("PSY");
  const text = { statement: "I agree.", document: ZeroHash };
  const grants = [{ ...item, ...fields, conditional: (flags & CONDITIONAL) !== 0n }];
  return {
    transferControl: [patient.address, heir.address, deadline, acceptance],
    startRecovery: [patient.address, heir.address, issuedAt, deadline, guardians, [{ signer, signature }]],
    grantBySig: [
      patient.address,
      [{ ...item, terms }],
      id(text.statement),
      text.document,
      deadline,
      said("Grants", { ...of, grants, ...text, deadline }),
    ],
    revokeBySig: [patient.address, [item], said("Revocations", { ...of, revocations: [item] })],
    revokeAllBySig: [patient.address, said("RevokeAll", of)],
    transferControlBySig: [patient.address, heir.address, deadline, acceptance, said("TransferControl", taking)],
    createDependentBySig: [salt, deadline, said("CreateDependent", { parent: patient.address, salt, deadline })],
    appointRepresentativeBySig: [
      patient.address,
      heir.address,
      since,
      until,
      deadline,
      said("AppointRepresentative", { ...of, representative: heir.address, since, until, deadline }),
    ],
    dismissRepresentativeBySig: [
      patient.address,
      heir.address,
      said("DismissRepresentative", { ...of, representative: heir.address }),
    ],
    setExclusionsBySig: [
      patient.address,
      excluded,
      deadline,
      said("SetExclusions", { ...of, categories: excluded, deadline }),
    ],
    setGuardiansBySig: [
      patient.address,
      commitment,
      delay,
      deadline,
      said("SetGuardians", { ...of, commitment, delay, deadline }),
    ],
    cancelRecoveryBySig: [patient.address, said("CancelRecovery", of)],
  };
}

/** Lets a recovery of the patient wait until anybody may complete it. */
export async function awaitRecovery({ consents, signers }: Suite): Promise<void> {
  const { otherPatient, lab, researcher } = signers;
  const guardians: Guardians = { accounts: [lab.address], threshold: 1n, salt: id("salt") };
  const commitment = commitmentOf(otherPatient.address, guardians);
  await consents.connect(otherPatient).setGuardians(otherPatient, commitment, DAY);
  await time.increase(10);
  const now = BigInt(await time.latest());
  const [issuedAt, deadline] = [now * 1000n, now + DAY];
  const { signer, signature } = sign(await placeOf(consents), await speaking(lab), "ApproveRecovery", {
    guardian: lab.address,
    patient: otherPatient.address,
    controller: researcher.address,
    commitment,
    issuedAt,
    deadline,
  });
  const approvals = [{ signer, signature }];
  await consents.startRecovery(otherPatient, researcher, issuedAt, deadline, guardians, approvals);
  await time.increase(Number(DAY));
}

async function speaking(whose: Signer): Promise<Voice> {
  const { signer, sign: signing } = await voiceOf(whose);
  return { signer, account: signer, sign: (digest) => signing(digest) as string };
}
