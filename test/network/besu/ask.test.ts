import { execFile } from "node:child_process";
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { FOLDER } from "./support/network.js";

interface Question {
  method: string;
  url: string;
  host: string;
  body: string;
}

describe("network/besu/ask.sh", () => {
  let server: Server;
  let asked: Question[] = [];
  let status = 200;
  let port: number;

  before(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        asked.push({ method, url, host: headers.host ?? "", body: Buffer.concat(parts).toString() });
        response.writeHead(status, { "content-type": "application/json" }).end('{"status":"ok"}');
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    status = 200;
  });

  const ask = (args: string[], to = port) =>
    new Promise<{ code: number; stdout: string }>((resolve) => {
      const env = { ...process.env, BESU_RPC_HTTP_PORT: String(to) };
      execFile("bash", [join(FOLDER, "ask.sh"), ...args], { env }, (error, stdout) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout }),
      );
    });

  it("succeeds if the node says that it lives", async () => {
    expect(await ask(["/liveness"])).to.deep.equal({ code: 0, stdout: '{"status":"ok"}\n' });
    expect(asked).to.deep.equal([{ method: "GET", url: "/liveness", host: "localhost", body: "" }]);
  });

  it("fails if it says that it does not, or says nothing", async () => {
    status = 503;
    expect(await ask(["/readiness"])).to.deep.equal({ code: 1, stdout: '{"status":"ok"}\n' });
    expect((await ask(["/readiness"], 1)).code).to.equal(1);
  });

  it("calls a method with parameters and prints the answer", async () => {
    const params = ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", true];
    const { stdout } = await ask(["qbft_proposeValidatorVote", JSON.stringify(params)]);
    expect(stdout).to.equal('{"status":"ok"}\n');
    expect(asked).to.have.lengthOf(1);
    expect(asked[0]).to.include({ method: "POST", url: "/" });
    expect(JSON.parse(asked[0]!.body)).to.deep.equal({
      jsonrpc: "2.0",
      id: 1,
      method: "qbft_proposeValidatorVote",
      params,
    });
  });

  it("needs no parameters, and says what it needs", async () => {
    await ask(["perm_reloadPermissionsFromFile"]);
    expect(JSON.parse(asked[0]!.body)).to.deep.include({ params: [] });
    expect((await ask([])).code).to.not.equal(0);
  });
});
