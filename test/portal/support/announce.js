// Runs in the page: a wallet after EIP-6963 and EIP-1193 whose key and user are in the test.
const listeners = new Map();
const provider = {
  on: (event, listener) => listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
  removeListener: (event, listener) => listeners.get(event)?.delete(listener),
  async request(asked) {
    const { result, error, changed } = await globalThis.walletAsks(asked);
    if (error !== undefined) throw Object.assign(new Error("wallet"), error);
    if (changed !== undefined) for (const listener of listeners.get("chainChanged") ?? []) listener(changed);
    return result;
  },
};
const info = { uuid: crypto.randomUUID(), name: "Test Wallet", icon: "data:,", rdns: "example.wallet" };
const tell = () => {
  const detail = Object.freeze({ info: Object.freeze(info), provider });
  globalThis.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
};
globalThis.addEventListener("eip6963:requestProvider", tell);
tell();
