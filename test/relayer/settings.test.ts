import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { encryptKeystoreJsonSync } from "ethers";
import { endAll, startProcess } from "./support/process.js";
import { accepted, done, get, grantOf, PAYER, relayerWorld } from "./support/world.js";

const PASSWORD = "correct horse";

describe("Relayer, as a process", () => {
  const world = relayerWorld();
  after(endAll);

  const write = (name: string, content: string) => {
    const file = world.path(name);
    writeFileSync(file, content);
    return file;
  };

  it("takes all its settings from the environment, or from .env", async () => {
    const { RELAYER_PRIVATE_KEY, ...rest } = world.settings();
    const process = startProcess({
      ...rest,
      RELAYER_ORIGINS: "https://portal.example, http://localhost:5173",
      RELAYER_HOST: "127.0.0.1",
      RELAYER_READS_PER_MINUTE: "1000",
      RELAYER_GAS_PER_DAY: "1000000",
      RELAYER_GAS_SHARE: "1000000",
      RELAYER_MAX_FEE_GWEI: "100",
      RELAYER_TRUSTED_PROXIES: "10.0.0.0/8,::1",
      DOTENV_CONFIG_PATH: write(".env", `RELAYER_PRIVATE_KEY=${RELAYER_PRIVATE_KEY}\nRELAYER_PORT=1\n`),
    });
    const url = await process.url();
    const { headers } = await get(url, "/health", { origin: "http://localhost:5173" });
    expect(headers.get("access-control-allow-origin")).to.equal("http://localhost:5173");
    await done(url, await accepted(url, await grantOf(await world.person())));
    expect(await process.kill("SIGINT")).to.equal(0);
    expect(await process.outcome).to.deep.include({ code: 0, stderr: "" });
  });

  it("opens a keystore with the password of a file, or that is typed", async () => {
    const rest = { ...world.settings(), RELAYER_PRIVATE_KEY: "" };
    const account = { address: PAYER.address, privateKey: PAYER.privateKey };
    const keystore = encryptKeystoreJsonSync(account, PASSWORD, { scrypt: { N: 1024, r: 8, p: 1 } });
    const settings = { ...rest, RELAYER_KEYSTORE: write("keystore.json", keystore) };
    const process = startProcess({ ...settings, RELAYER_KEYSTORE_PASSWORD_FILE: write("password", `${PASSWORD}\n`) });
    const url = await process.url();
    expect((await get(url, "/ready")).status).to.equal(200);
    await process.kill("SIGTERM");
    const wrong = startProcess({ ...settings, RELAYER_KEYSTORE_PASSWORD_FILE: write("wrong", "something else") });
    expect((await wrong.outcome).stderr).to.contain("RelayerKey: The password does not open the keystore.");
    const asked = startProcess(settings, { terminal: true });
    await asked.type("Password of", `${PASSWORD}\r`);
    expect((await get(await asked.url(), "/health")).status).to.equal(200);
    await asked.kill("SIGTERM");
    expect((await asked.outcome).stderr).not.to.contain(PASSWORD);
    const nobody = startProcess(settings);
    expect((await nobody.outcome).stderr).to.contain("RelayerKey: There is no terminal to ask for the password at");
  });

  const wrong: [code: string, says: RegExp, settings: Record<string, string>][] = [
    ["Setting", /RELAYER_RPC_URL must be/, { RELAYER_RPC_URL: "" }],
    ["Setting", /RELAYER_RPC_URL must be/, { RELAYER_RPC_URL: "ws://127.0.0.1:1" }],
    ["Network", /can't be reached/, { RELAYER_RPC_URL: "http://127.0.0.1:1/secret" }],
    ["Setting", /RELAYER_PORT must be a whole number from 0 to 65535/, { RELAYER_PORT: "65536" }],
    ["Setting", /RELAYER_PORT must be/, { RELAYER_PORT: "80a" }],
    ["Setting", /RELAYER_MAX_GAS must be/, { RELAYER_MAX_GAS: "-1" }],
    ["Setting", /RELAYER_STATEMENTS_PER_HOUR must be/, { RELAYER_STATEMENTS_PER_HOUR: "0" }],
    [
      "Setting",
      /RELAYER_GAS_RESERVE must be a whole number from 0 to 5/,
      { RELAYER_GAS_PER_DAY: "5", RELAYER_GAS_RESERVE: "6" },
    ],
    [
      "Setting",
      /RELAYER_GAS_SHARE must be a whole number from 1 to 5/,
      { RELAYER_GAS_PER_DAY: "5", RELAYER_GAS_SHARE: "0" },
    ],
    ["Setting", /RELAYER_MAX_FEE_GWEI must be/, { RELAYER_MAX_FEE_GWEI: "0" }],
    ["Setting", /RELAYER_RAISE_AFTER_SECONDS must be/, { RELAYER_RAISE_AFTER_SECONDS: "soon" }],
    ["Setting", /RELAYER_ORIGINS must be/, { RELAYER_ORIGINS: "*" }],
    ["Setting", /RELAYER_ORIGINS must be/, { RELAYER_ORIGINS: "https://portal.example/" }],
    ["Setting", /RELAYER_TRUSTED_PROXIES must be/, { RELAYER_TRUSTED_PROXIES: "10.0.0.0/33" }],
    ["Setting", /RELAYER_DEPLOYMENT must be/, { RELAYER_DEPLOYMENT: "nowhere.json" }],
    ["Setting", /RELAYER_KEYSTORE must be/, { RELAYER_KEYSTORE: "nowhere.json" }],
    ["NoDeployment", /No deployment is known for chain 31337/, { RELAYER_DEPLOYMENT: "" }],
    ["RelayerKey", /There is no key that pays/, { RELAYER_PRIVATE_KEY: "" }],
    ["RelayerKey", /RELAYER_PRIVATE_KEY is not a private key/, { RELAYER_PRIVATE_KEY: "0x1234secret" }],
    ["QueueFile", /can't be used/, { RELAYER_DATABASE: "/nowhere/relayer.sqlite" }],
    ["Listen", /can't listen at port 0 of 192.0.2.1/, { RELAYER_HOST: "192.0.2.1" }],
  ];
  it("does not start with settings that are wrong, and tells which, and no secret", async () => {
    for (const [code, says, settings] of wrong) {
      const { code: exit, stderr, stdout } = await startProcess({ ...world.settings(), ...settings }).outcome;
      expect(stderr, JSON.stringify(settings))
        .to.match(new RegExp(`^${code}: `))
        .and.match(says);
      expect(exit).to.equal(1);
      expect(stderr + stdout)
        .not.to.contain("secret")
        .and.not.to.contain(PAYER.privateKey.slice(2));
    }
  }).timeout(120_000);
});
