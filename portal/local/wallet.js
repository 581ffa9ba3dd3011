// Wallets for a local chain, after EIP-6963: the node signs with keys that everybody knows. Never served in production.
const { rpcUrl, deployment } = await (await fetch("/config.json")).json();
const people = await (await fetch("/local/people.json")).json();

async function ask(method, params) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { result, error } = await response.json();
  if (error) throw Object.assign(new Error(error.message), error);
  return result;
}

const ICON = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>";
const rejected = () => Object.assign(new Error("The user rejected the request."), { code: 4001 });

function walletOf({ name, address }) {
  const provider = {
    on: () => undefined,
    removeListener: () => undefined,
    async request({ method, params = [] }) {
      if (method === "eth_requestAccounts" || method === "eth_accounts") return [address];
      const isAsked = method === "eth_signTypedData_v4" || method === "eth_sendTransaction";
      if (isAsked && !confirm(`${name} signs with the key of the local chain.`)) throw rejected();
      return ask(method, params);
    },
  };
  const rdns = `local.consentry.${name.toLowerCase().replaceAll(/[^a-z]/g, "")}`;
  const info = { uuid: crypto.randomUUID(), name: `${name} (local chain ${deployment.chainId})`, icon: ICON, rdns };
  return Object.freeze({ info: Object.freeze(info), provider });
}

const wallets = people.map(walletOf);
const announce = () => {
  for (const detail of wallets) window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
};
window.addEventListener("eip6963:requestProvider", announce);
announce();
