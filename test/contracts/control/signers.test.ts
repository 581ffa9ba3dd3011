import { expect } from "chai";
import { id, SigningKey, Wallet } from "ethers";
import type { SmartWallet } from "../../../sdk/src/generated/contracts/index.js";
import { ethers } from "../chain.js";
import { GENERAL, UNTIL_REVOKED } from "../words.js";
import { accountOf } from "./passkey.js";
import { approved, named, recovery, startWith } from "./recovery.js";
import { deliver, direct, done, nextBlockAt } from "./routes.js";
import { expectError, guardiansOf, load, type World } from "./setup.js";
import { accepted, DAY, type Delivery, granting, stated } from "./stated.js";
import { compact, keyVoice, malleated, signatureOf, type Voice, voiceFor } from "./signing.js";

/** In the order of the mock's enum. */
const MANNERS = [
  "refuses",
  "reverts",
  "burns its gas",
  "answers nothing",
  "answers zero",
  "answers true",
  "answers with the other standard's yes",
  "answers with its yes at the wrong end",
  "answers with its yes and more",
  "answers yes",
] as const;

/** All but the last, the one that is right. */
const WRONG = MANNERS.slice(0, -1);

type Manner = (typeof MANNERS)[number];

const OWNER = keyVoice(id("the owner of a wallet"));

/** Enough for a grant; what burns all that it is given is soon done with it. */
const GAS = { gasLimit: 400_000 };

async function deployed(name: "SmartWallet" | "Misbehaving", argument: unknown): Promise<string> {
  const contract = await ethers.deployContract(name, [argument]);
  return contract.getAddress();
}

const misbehaving = (manner: Manner) => deployed("Misbehaving", MANNERS.indexOf(manner));

/** What a signer says for itself: a grant, at the present. */
async function granted(world: World, voice: Voice): Promise<Delivery> {
  const issuedAt = (await nextBlockAt()) * 1000n;
  return stated(world, voice, "grant", granting(voice.account, world.grantee, GENERAL), { issuedAt });
}

async function expectHeard(world: World, voice: Voice): Promise<void> {
  const { consents, grantee } = world;
  const delivery = await granted(world, voice);
  await (await deliver(world, delivery, GAS)).wait();
  expect((await consents.termsOf(voice.account, grantee, GENERAL)) >> 200n).to.equal(delivery.signed.issuedAt);
}

async function expectUnheard(world: World, voice: Voice): Promise<void> {
  const delivery = await granted(world, voice);
  await expectError(world, deliver(world, delivery, GAS), "InvalidSignature", voice.account);
}

describe("Signers", () => {
  it("20 bytes are an account, anything else the hash of what it is", async () => {
    const { consents, patient } = await load();
    expect(await consents.accountOf(patient.account)).to.equal(patient.account);
    const others = [
      "0x",
      "0x00",
      patient.account.slice(0, -2),
      `${patient.account}00`,
      `${patient.account}${"00".repeat(64)}`,
    ];
    for (const signer of others) expect(await consents.accountOf(signer)).to.equal(accountOf(signer));
    expect(new Set(others.map(accountOf)).size).to.equal(others.length);
  });

  describe("a plain key", () => {
    it("is heard", async () => {
      const world = await load();
      await expectHeard(world, world.patient);
    });

    it("is not heard by a compact or malleated signature, or one of another key", async () => {
      const world = await load();
      const { patient, thief } = world;
      for (const alter of [compact, malleated]) {
        await expectUnheard(world, { ...patient, sign: (digest) => alter(patient.sign(digest)) });
      }
      await expectUnheard(world, voiceFor(patient.account, thief));
    });

    it("is not heard where nobody is: the zero address recovers from no signature", async () => {
      const world = await load();
      const nobody = { account: ethers.ZeroAddress, signer: ethers.ZeroAddress };
      const grants = granting(nobody.account, world.grantee, GENERAL);
      const issuedAt = (await nextBlockAt()) * 1000n;
      for (const signature of [`0x${"00".repeat(65)}`, `0x${"00".repeat(64)}1b`, "0x"]) {
        const delivery = stated(world, { ...nobody, sign: () => signature }, "grant", grants, { issuedAt });
        await expectError(world, deliver(world, delivery), "InvalidSignature", nobody.account);
      }
    });
  });

  describe("too few bytes to be an account", () => {
    for (const length of [0, 1, 19]) {
      it(`${length} of them are nobody's signer, whatever account they stand for`, async () => {
        const world = await load();
        const signer = `0x${"11".repeat(length)}`;
        const voice = { signer, account: accountOf(signer), sign: world.patient.sign };
        await expectUnheard(world, voice);
      });
    }
  });

  describe("an ERC-1271 wallet", () => {
    async function wallet() {
      const world = await load();
      const account = await deployed("SmartWallet", OWNER.account);
      const contract = await ethers.getContractAt("SmartWallet", account);
      return { world, contract, voice: voiceFor(account, OWNER) };
    }

    const calling = ({ consents }: World, contract: SmartWallet, name: string, args: readonly unknown[]) =>
      contract.execute(consents, [consents.interface.encodeFunctionData(name as "revokeAll", args as never)]);

    it("is heard through its owner's signature, and calls for itself", async () => {
      const { world, contract, voice } = await wallet();
      await expectHeard(world, voice);
      await expect(calling(world, contract, "revokeAll", [voice.account])).to.emit(world.consents, "AllRevoked");
    });

    it("is not heard through another's signature", async () => {
      const { world, voice } = await wallet();
      await expectUnheard(world, voiceFor(voice.account, world.thief));
    });

    it("takes over control, and its owner alone does not", async () => {
      const { world, contract, voice } = await wallet();
      const { consents, patient } = world;
      await done(direct.transfer(world, patient, patient.account, voice));
      expect(await consents.controllerOf(patient.account)).to.equal(voice.account);
      const issuedAt = (await nextBlockAt()) * 1000n;
      const byOwner = stated(world, OWNER, "revokeAll", [patient.account], { issuedAt });
      await expectError(world, deliver(world, byOwner), "NotSpeakerFor", patient.account, OWNER.account);
      const byWallet = stated(world, voice, "revokeAll", [patient.account], { issuedAt });
      await expect(deliver(world, byWallet))
        .to.emit(consents, "AllRevoked")
        .withArgs(patient.account, issuedAt, voice.account);
      const { acceptance, deadline } = accepted(world, patient, patient.account, (await nextBlockAt()) * 1000n);
      const back = [patient.account, patient.account, deadline, acceptance];
      await expect(calling(world, contract, "transferControl", back)).to.emit(consents, "ControlTransferred");
    });

    it("speaks as a representative, and approves as a guardian", async () => {
      const { world, voice } = await wallet();
      const { consents, patient, grantee, guardians } = world;
      const args = [patient.account, voice.account, 0n, UNTIL_REVOKED];
      await done(direct.say(world, patient, "appointRepresentative", args));
      const issuedAt = (await nextBlockAt()) * 1000n;
      const revocation = [patient.account, [{ grantee, scope: GENERAL }]];
      await expect(deliver(world, stated(world, voice, "revoke", revocation, { issuedAt })))
        .to.emit(consents, "ConsentRevoked")
        .withArgs(patient.account, grantee, GENERAL, issuedAt, voice.account);
      const three = [guardians[0], guardians[1], voice].sort((a, b) =>
        BigInt(a.account) < BigInt(b.account) ? -1 : 1,
      );
      await named(world, DAY, guardiansOf(three));
      const at = await nextBlockAt();
      await startWith(world, approved(world, at, { guardians: guardiansOf(three), by: three }));
      expect((await recovery(world)).controller).to.equal(world.heir.account);
    });

    it("that is not there yet has no say; once deployed, what its owner signed before has", async () => {
      const world = await load();
      const { relayer, consents } = world;
      const account = ethers.getCreateAddress({ from: relayer.address, nonce: await relayer.getNonce() });
      const voice = voiceFor(account, OWNER);
      const delivery = await granted(world, voice);
      await expectError(world, deliver(world, delivery), "InvalidSignature", account);
      const factory = await ethers.getContractFactory("SmartWallet", relayer);
      await (await factory.deploy(OWNER.account)).waitForDeployment();
      await expect(deliver(world, delivery)).to.emit(consents, "ConsentGranted");
    });

    for (const manner of WRONG) {
      if (manner === "answers with its yes and more") continue;
      it(`that ${manner} is not heard`, async () => {
        const world = await load();
        await expectUnheard(world, voiceFor(await misbehaving(manner), OWNER));
      });
    }

    it("that answers with more than four bytes is not heard: they must be the yes and zeros", async () => {
      const world = await load();
      await expectUnheard(world, voiceFor(await misbehaving("answers with its yes and more"), OWNER));
    });

    it("that fails hinders nobody else: its patient's representative still withdraws", async () => {
      const world = await load();
      const { consents, heir, patient, grantee } = world;
      const wallet = voiceFor(await deployed("SmartWallet", OWNER.account), OWNER);
      await done(direct.transfer(world, patient, patient.account, wallet));
      const args = [patient.account, heir.account, 0n, UNTIL_REVOKED];
      const issuedAt = (await nextBlockAt()) * 1000n;
      await deliver(world, stated(world, wallet, "appointRepresentative", args, { issuedAt }));
      await ethers.provider.send("hardhat_setCode", [wallet.account, "0xfe"]);
      const revocation = [patient.account, [{ grantee, scope: GENERAL }]];
      await expect((await direct.say(world, heir, "revoke", revocation)).sending).to.emit(consents, "ConsentRevoked");
    });
  });

  describe("an EIP-7702 account", () => {
    const KEY = new SigningKey(id("an account that delegates"));
    const account = ethers.computeAddress(KEY);
    const own: Voice = { account, signer: account, sign: signatureOf(KEY) };

    async function delegated(to: string): Promise<World> {
      const world = await load();
      await delegate(world, to === "wallet" ? await deployed("SmartWallet", OWNER.account) : to);
      return world;
    }

    async function delegate({ relayer }: World, to: string): Promise<void> {
      const wallet = new Wallet(KEY, ethers.provider);
      const nonce = await wallet.getNonce();
      const authorization = await wallet.authorize({ address: to, nonce });
      const sender = new Wallet(id("who pays"), ethers.provider);
      await relayer.sendTransaction({ to: sender.address, value: 10n ** 18n });
      const sent = await sender.sendTransaction({ type: 4, to: sender.address, authorizationList: [authorization] });
      await sent.wait();
    }

    it("has the code of its delegate", async () => {
      await delegated("wallet");
      expect(await ethers.provider.getCode(account)).to.match(/^0xef0100/);
    });

    it("is heard by its own key, and through its delegate", async () => {
      const world = await delegated("wallet");
      await expectHeard(world, own);
      await expectHeard(world, voiceFor(account, OWNER));
      await expectUnheard(world, voiceFor(account, world.thief));
    });

    it("is heard by its own key before, while and after it delegates", async () => {
      const world = await load();
      await expectHeard(world, own);
      await delegate(world, await deployed("SmartWallet", OWNER.account));
      await expectHeard(world, own);
      await delegate(world, ethers.ZeroAddress);
      expect(await ethers.provider.getCode(account)).to.equal("0x");
      await expectHeard(world, own);
      await expectUnheard(world, voiceFor(account, OWNER));
    });

    for (const manner of WRONG) {
      it(`is heard by its own key though its delegate ${manner}`, async () => {
        const world = await load();
        await delegate(world, await misbehaving(manner));
        await expectHeard(world, own);
        await expectUnheard(world, voiceFor(account, OWNER));
      });
    }

    it("calls for itself through its delegate", async () => {
      const world = await delegated("wallet");
      const { consents } = world;
      const contract = await ethers.getContractAt("SmartWallet", account);
      const data = consents.interface.encodeFunctionData("revokeAll", [account]);
      await expect(contract.execute(consents, [data])).to.emit(consents, "AllRevoked");
    });
  });

  describe("a verifier", () => {
    const KEY = "22".repeat(64);

    async function verified(manner: Manner) {
      const world = await load();
      const signer = `${(await misbehaving(manner)).toLowerCase()}${KEY}`;
      return { world, voice: { signer, account: accountOf(signer), sign: OWNER.sign } };
    }

    for (const manner of [
      "refuses",
      "answers zero",
      "answers with the other standard's yes",
    ] as const satisfies Manner[]) {
      it(`that ${manner} is not heard`, async () => {
        const { world, voice } = await verified(manner);
        await expectUnheard(world, voice);
      });
    }

    for (const manner of [
      "burns its gas",
      "answers nothing",
      "answers true",
      "answers with its yes at the wrong end",
      "answers with its yes and more",
    ] as const satisfies Manner[]) {
      it(`that ${manner} makes the call fail`, async () => {
        const { world, voice } = await verified(manner);
        await expect(deliver(world, await granted(world, voice), GAS)).to.revert(ethers);
      });
    }

    it("that reverts makes the call fail with its reason", async () => {
      const { world, voice } = await verified("reverts");
      const verifier = await ethers.getContractAt("Misbehaving", voice.signer.slice(0, 42));
      await expect(deliver(world, await granted(world, voice))).to.be.revertedWithCustomError(verifier, "NotToday");
    });

    it("that is no contract makes the call fail", async () => {
      const world = await load();
      const signer = `${world.stranger.account.toLowerCase()}${KEY}`;
      const voice = { signer, account: accountOf(signer), sign: OWNER.sign };
      await expect(deliver(world, await granted(world, voice))).to.revert(ethers);
    });

    it("is of its own signers only: one that says yes to everything speaks for nobody else", async () => {
      const world = await load();
      const { patient } = world;
      const signer = `${(await misbehaving("answers yes")).toLowerCase()}${patient.account.slice(2)}`;
      const voice = { signer, account: accountOf(signer), sign: OWNER.sign };
      await expectHeard(world, voice);
      const issuedAt = (await nextBlockAt()) * 1000n;
      const delivery = stated(world, voice, "revokeAll", [patient.account], { issuedAt });
      await expectError(world, deliver(world, delivery), "NotSpeakerFor", patient.account, voice.account);
    });
  });
});
