import { InvalidAddressError, InvalidParameterError } from "@consentry/sdk";
import { expect } from "chai";
import { expectError, fixtures, networkHelpers } from "../setup.js";

async function listed() {
  const world = await fixtures.accredited();
  const { clinic, member } = world.signers;
  const until = (await networkHelpers.time.latest()) + 3600;
  await world.as.clinic.providers.setMember({ member: member.address, abilities: ["read", "audit"], until });
  const question = { organization: clinic.address, member: member.address, ability: "read" } as const;
  const ask = (more: object = {}) => world.as.stranger.providers.actsFor({ ...question, ...more });
  return { ...world, until, ask };
}

describe("providers.actsFor", () => {
  it("is true for a member with the ability, and for the organization itself", async () => {
    const { ask, signers } = await listed();
    expect(await ask()).to.equal(true);
    expect(await ask({ ability: "audit" })).to.equal(true);
    expect(await ask({ member: signers.clinic.address, ability: "manage" })).to.equal(true);
  });

  it("is false for another ability, organization or member, and from the end of the membership on", async () => {
    const { ask, signers, until } = await listed();
    expect(await ask({ ability: "manage" })).to.equal(false);
    expect(await ask({ organization: signers.hospital.address })).to.equal(false);
    expect(await ask({ member: signers.stranger.address })).to.equal(false);
    await networkHelpers.time.increaseTo(until - 1);
    expect(await ask()).to.equal(true);
    await networkHelpers.time.increaseTo(until);
    expect(await ask()).to.equal(false);
  });

  it("refuses what makes no sense, before it asks", async () => {
    const { ask } = await listed();
    await expectError(ask({ organization: "clinic" }), InvalidAddressError, { parameter: "organization" });
    await expectError(ask({ member: undefined }), InvalidAddressError, { parameter: "member" });
    await expectError(ask({ ability: "see" }), InvalidParameterError, { parameter: "ability" });
    await expectError(ask({ abilities: ["read"] }), InvalidParameterError, { parameter: "abilities" });
  });
});
