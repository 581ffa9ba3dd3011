/** How nodes know each other: a URL of public key, address of the machine and port. */
import { isIPv4 } from "node:net";
import { SigningKey, computeAddress } from "ethers";
import { OperatorError } from "../deployment/errors.js";

/** The URL of the node that has a private key. */
export function enodeOf(privateKey: string, host: string, port: number): string {
  const uncompressed = new SigningKey(privateKey).publicKey;
  return `enode://${uncompressed.slice("0x04".length)}@${host}:${port}`;
}

/** The account of a node, by which it is a validator. */
export function addressOf(enode: string): string {
  const [, id, host = "", port] = /^enode:\/\/([0-9a-f]{128})@([\d.]+):(\d+)$/.exec(enode) ?? [];
  if (id === undefined || !isIPv4(host) || Number(port) < 1 || Number(port) > 65535) throw noEnode(enode);
  try {
    return computeAddress(`0x04${id}`).toLowerCase();
  } catch {
    throw noEnode(enode);
  }
}

function noEnode(given: string): OperatorError {
  return new OperatorError(
    `This is no enode URL: ${given}. It is enode://, 128 hexadecimal digits, @, an IPv4 address, : and a port.`,
  );
}
