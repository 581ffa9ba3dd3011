import { expect } from "chai";
import { concat, dataSlice, getBytes, id, sha256 } from "ethers";
import { network } from "hardhat";
import { deploySuite } from "../../suite.js";
import { ethers, PATIENCE } from "../chain.js";
import { GENERAL, UNTIL_REVOKED } from "../words.js";
import { accountOf, bareKey, BE, BS, highS, passkey, UP, UV } from "./passkey.js";
import { P256Key } from "./p256.js";
import { approved, named, recovery, startWith } from "./recovery.js";
import { deliver, direct, done, nextBlockAt } from "./routes.js";
import { expectError, guardiansOf, load, type World } from "./setup.js";
import { placeOf, truncated, type Voice } from "./signing.js";
import { accepted, DAY, granting, stated, transferred } from "./stated.js";

/** Where RIP-7212 and RIP-7951 put the verification of P-256. */
const PRECOMPILE = "0x0000000000000000000000000000000000000100";

describe("Passkeys", function () {
  this.timeout(PATIENCE);

  async function equipped(verifier: "ERC7913WebAuthnVerifier" | "ERC7913P256Verifier" = "ERC7913WebAuthnVerifier") {
    const world = await load();
    const contract = await ethers.deployContract(verifier);
    return { world, verifier: await contract.getAddress() };
  }

  async function granted(world: World, voice: Voice, patient = voice.account) {
    const issuedAt = (await nextBlockAt()) * 1000n;
    return stated(world, voice, "grant", granting(patient, world.grantee, GENERAL), { issuedAt });
  }

  async function expectHeard(world: World, voice: Voice, patient = voice.account) {
    const delivery = await granted(world, voice, patient);
    await (await deliver(world, delivery)).wait();
    const { issuedAt } = delivery.signed;
    expect((await world.consents.termsOf(patient, world.grantee, GENERAL)) >> 200n).to.equal(issuedAt);
  }

  async function expectUnheard(world: World, voice: Voice) {
    await expectError(world, deliver(world, await granted(world, voice)), "InvalidSignature", voice.account);
  }

  it("a passkey is a patient from the first block on: nobody has to register it", async () => {
    const { world, verifier } = await equipped();
    const { consents, grantee } = world;
    const phone = passkey(verifier);
    expect(await consents.accountOf(phone.signer)).to.equal(phone.account);
    expect(await consents.controllerOf(phone.account)).to.equal(phone.account);
    await expectHeard(world, phone);
    const revocation = [phone.account, [{ grantee, scope: GENERAL }]];
    const issuedAt = (await nextBlockAt()) * 1000n;
    await expect(deliver(world, stated(world, phone, "revoke", revocation, { issuedAt })))
      .to.emit(consents, "ConsentRevoked")
      .withArgs(phone.account, grantee, GENERAL, issuedAt, phone.account);
    await expect(deliver(world, stated(world, phone, "revokeAll", [phone.account], { issuedAt })))
      .to.emit(consents, "AllRevoked")
      .withArgs(phone.account, issuedAt, phone.account);
  });

  it("a passkey takes control, hands it on, and the key before is refused", async () => {
    const { world, verifier } = await equipped();
    const { consents, patient } = world;
    const [phone, tablet] = [passkey(verifier), passkey(verifier, "a tablet")];
    await done(direct.transfer(world, patient, patient.account, phone));
    expect(await consents.controllerOf(patient.account)).to.equal(phone.account);
    await expectHeard(world, phone, patient.account);
    const { sending } = await direct.say(world, patient, "revokeAll", [patient.account]);
    await expectError(world, sending, "NotSpeakerFor", patient.account, patient.account);
    await deliver(world, transferred(world, phone, patient.account, tablet, (await nextBlockAt()) * 1000n));
    expect(await consents.controllerOf(patient.account)).to.equal(tablet.account);
    const old = await granted(world, phone, patient.account);
    await expectError(world, deliver(world, old), "NotSpeakerFor", patient.account, phone.account);
    await expectHeard(world, tablet, patient.account);
  });

  it("a passkey does everything that a controller can, by signature", async () => {
    const { world, verifier } = await equipped();
    const { consents, spouse } = world;
    const phone = passkey(verifier);
    const said = [
      ["createDependent", [id("a child")], "DependentCreated"],
      ["appointRepresentative", [phone.account, spouse.account, 0n, UNTIL_REVOKED], "RepresentativeChanged"],
      ["dismissRepresentative", [phone.account, spouse.account], "RepresentativeChanged"],
      ["setExclusions", [phone.account, 3n], "ExclusionsChanged"],
      ["setGuardians", [phone.account, id("guardians"), DAY], "GuardiansChanged"],
      ["cancelRecovery", [phone.account], "RecoveryCancelled"],
    ] as const;
    for (const [verb, args, event] of said) {
      const issuedAt = (await nextBlockAt()) * 1000n;
      await expect(deliver(world, stated(world, phone, verb, args, { issuedAt }))).to.emit(consents, event);
    }
  });

  it("a passkey speaks as a representative", async () => {
    const { world, verifier } = await equipped();
    const { patient } = world;
    const phone = passkey(verifier);
    const args = [patient.account, phone.account, 0n, UNTIL_REVOKED];
    await done(direct.say(world, patient, "appointRepresentative", args));
    await expectHeard(world, phone, patient.account);
    await done(direct.say(world, patient, "dismissRepresentative", args.slice(0, 2)));
    const late = await granted(world, phone, patient.account);
    await expectError(world, deliver(world, late), "NotSpeakerFor", patient.account, phone.account);
  });

  it("passkeys approve as guardians, beside plain keys", async () => {
    const { world, verifier } = await equipped();
    const { guardians } = world;
    const three = [guardians[0], passkey(verifier), passkey(verifier, "a tablet")].sort((a, b) =>
      BigInt(a.account) < BigInt(b.account) ? -1 : 1,
    );
    const all = guardiansOf(three, { threshold: 3n });
    await named(world, DAY, all);
    const other = passkey(verifier, "another phone");
    const forged = three.map((voice) =>
      voice.account === passkey(verifier).account ? { ...voice, sign: other.sign } : voice,
    );
    const at = await nextBlockAt();
    const bad = approved(world, at, { guardians: all, by: forged });
    await expectError(world, startWith(world, bad), "InvalidSignature", passkey(verifier).account);
    await startWith(world, approved(world, at, { guardians: all, by: three }));
    expect((await recovery(world)).controller).to.equal(world.heir.account);
  });

  describe("what a browser or an authenticator may do", () => {
    const accepted: Record<string, Parameters<typeof passkey>[2]> = {
      "a passkey that is backed up": { flags: UP | UV | BE | BS },
      "one that could be": { flags: UP | UV | BE },
      "other origins and relying parties, as the verifier does not look at them": { rpIdHash: id("another") },
    };
    for (const [what, changes] of Object.entries(accepted)) {
      it(`is heard: ${what}`, async () => {
        const { world, verifier } = await equipped();
        await expectHeard(world, passkey(verifier, "a phone", changes));
      });
    }

    const refused: Record<string, Parameters<typeof passkey>[2]> = {
      "the user was not verified": { flags: UP },
      "the user was not present": { flags: UV },
      "a backup of what cannot be backed up": { flags: UP | UV | BS },
      "the challenge of another statement": { challenge: () => Buffer.from(getBytes(id("x"))).toString("base64url") },
      "a challenge with padding": { challenge: (digest) => Buffer.from(getBytes(digest)).toString("base64") },
      "no challenge": { challenge: () => "" },
      "a registration": { type: "webauthn.create" },
      "a payment": { type: "payment.get" },
      "client data that were changed after signing": { alter: (json) => json.replace("false", "true ") },
      "an origin that was changed after signing": { alter: (json) => json.replace("example", "exampel") },
      "a signature with a high s": { seal: highS },
      "a signature of zeros": { seal: () => ({ r: `0x${"00".repeat(32)}`, s: `0x${"00".repeat(32)}` }) },
      "r and s exchanged": { seal: ({ r, s }) => ({ r: s, s: r }) },
    };
    for (const [what, changes] of Object.entries(refused)) {
      it(`is not heard: ${what}`, async () => {
        const { world, verifier } = await equipped();
        await expectUnheard(world, passkey(verifier, "a phone", changes));
      });
    }

    it("is not heard: another key", async () => {
      const { world, verifier } = await equipped();
      await expectUnheard(world, { ...passkey(verifier), sign: passkey(verifier, "another phone").sign });
    });

    it("is not heard: nothing, a cut signature, or anything at all", async () => {
      const { world, verifier } = await equipped();
      const phone = passkey(verifier);
      const whole = phone.sign(id("x"));
      const garbage = [
        () => "0x",
        () => "0x00",
        (digest: string) => truncated(phone.sign(digest)).slice(0, -62),
        (digest: string) => dataSlice(phone.sign(digest), 0, 0xc0),
        () => whole,
        () => `0x${"ff".repeat(400)}`,
        () => `0x${"00".repeat(400)}`,
        (digest: string) => phone.key.sign(digest).r,
      ];
      for (const sign of garbage) await expectUnheard(world, { ...phone, sign });
    });

    it("is heard: bytes after the signature, which mean nothing", async () => {
      const { world, verifier } = await equipped();
      const phone = passkey(verifier);
      await expectHeard(world, { ...phone, sign: (digest) => `${phone.sign(digest)}00` });
    });
  });

  describe("the signer's bytes", () => {
    it("cut or with something after them are somebody else", async () => {
      const { world, verifier } = await equipped();
      const phone = passkey(verifier);
      for (const signer of [truncated(phone.signer), `${phone.signer}00`, phone.signer.replace(/^.{4}/, "0x00")]) {
        const other = await granted(world, { ...phone, signer });
        await expectError(world, deliver(world, other), "NotSpeakerFor", phone.account, accountOf(signer));
      }
    });

    it("of a wrong length are a key that nobody has", async () => {
      const { world, verifier } = await equipped();
      const phone = passkey(verifier);
      for (const signer of [truncated(phone.signer), `${phone.signer}00`, `${verifier}01`]) {
        await expectUnheard(world, { ...phone, signer, account: accountOf(signer) });
      }
    });

    it("with another verifier are somebody else, though the key is the same", async () => {
      const { world, verifier } = await equipped();
      const another = await (await ethers.deployContract("ERC7913WebAuthnVerifier")).getAddress();
      const [phone, same] = [passkey(verifier), passkey(another)];
      expect(phone.account).not.to.equal(same.account);
      const other = await granted(world, same, phone.account);
      await expectError(world, deliver(world, other), "NotSpeakerFor", phone.account, same.account);
    });
  });

  describe("a P-256 key without a browser", () => {
    it("is heard", async () => {
      const { world, verifier } = await equipped("ERC7913P256Verifier");
      await expectHeard(world, bareKey(verifier));
    });

    it("is not heard by a high s, another key or half a signature", async () => {
      const { world, verifier } = await equipped("ERC7913P256Verifier");
      const card = bareKey(verifier);
      await expectUnheard(world, bareKey(verifier, "a card", highS));
      await expectUnheard(world, { ...card, sign: bareKey(verifier, "another card").sign });
      await expectUnheard(world, { ...card, sign: (digest) => dataSlice(card.sign(digest), 0, 63) });
    });

    it("is not the passkey of the same key", async () => {
      const { world, verifier } = await equipped("ERC7913P256Verifier");
      const browser = await (await ethers.deployContract("ERC7913WebAuthnVerifier")).getAddress();
      const [card, phone] = [bareKey(verifier, "one key"), passkey(browser, "one key")];
      await expectUnheard(world, { ...card, sign: phone.sign });
      await expectUnheard(world, { ...phone, sign: card.sign });
    });
  });

  describe("with and without the precompile", () => {
    /** The gas of a passkey's first grant on a chain with these rules. */
    async function gasOn(hardfork: "prague" | "osaka") {
      const connection = await network.create({ network: "default", override: { hardfork } });
      const { consents, signers } = await deploySuite(connection);
      const verifier = await connection.ethers.deployContract("ERC7913WebAuthnVerifier");
      const phone = passkey(await verifier.getAddress());
      const place = await placeOf(consents);
      const latest = await connection.networkHelpers.time.latest();
      const args = granting(phone.account, signers.clinic.address, GENERAL);
      const delivery = stated({ place }, phone, "grant", args, { issuedAt: BigInt(latest) * 1000n });
      const sent = await deliver({ consents, relayer: signers.relayer }, delivery);
      const receipt = await sent.wait();
      expect((await consents.termsOf(phone.account, signers.clinic, GENERAL)) >> 200n).to.equal(BigInt(latest) * 1000n);
      const answer = await connection.ethers.provider.call({ to: PRECOMPILE, data: verification() });
      return { gas: Number(receipt!.gasUsed), answer };
    }

    it("a passkey is heard on both, dearer without", async () => {
      const [without, withIt] = [await gasOn("prague"), await gasOn("osaka")];
      expect(without.answer).to.equal("0x");
      expect(withIt.answer).to.equal(`0x${"00".repeat(31)}01`);
      expect(without.gas).to.be.greaterThan(2 * withIt.gas);
    });

    /** What the precompile is asked: digest, r, s, x, y. */
    function verification(): string {
      const key = new P256Key(id("a phone"));
      const digest = sha256("0x1234");
      const { r, s } = key.sign(digest);
      return concat([digest, r, s, key.publicKey]);
    }
  });

  it("the acceptance of control by a passkey is its own", async () => {
    const { world, verifier } = await equipped();
    const { consents, patient } = world;
    const [phone, other] = [passkey(verifier), passkey(verifier, "another phone")];
    const forged = { ...phone, sign: other.sign };
    const { acceptance, deadline } = accepted(world, forged, patient.account, (await nextBlockAt()) * 1000n);
    const transfer = consents.connect(patient.caller).transferControl;
    const sending = transfer(patient.account, phone.account, deadline, acceptance);
    await expectError(world, sending, "InvalidSignature", phone.account);
  });
});
