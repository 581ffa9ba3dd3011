/** The contracts of a deployment, each of which knows only the ones before it, and the verifiers of passkeys and P-256 keys. */
export type ContractName =
  | "AccessManager"
  | "ProviderRegistry"
  | "ConsentRegistry"
  | "RecordRegistry"
  | "AuditLog"
  | "ERC7913WebAuthnVerifier"
  | "ERC7913P256Verifier";

/** Where a contract is, and how it came there. */
export interface DeployedContract {
  address: string;
  /** What its constructor was given. */
  arguments?: readonly unknown[];
  /** Hash of the transaction that created it. */
  transaction?: string;
  /** Number of the block that created it. */
  block?: number;
  /** `keccak256` of its ABI as JSON. */
  abiHash?: string;
}

/** One deployment of the contracts, as deployments/<network>/deployment.json holds it. */
export interface Deployment {
  /** Name of the network. */
  network: string;
  chainId: number;
  /** The block before which there is nothing to find. */
  fromBlock: number;
  /** The ConsentRegistry of the deployment on this chain that this one comes after; undefined of a chain's first. */
  predecessor?: string | undefined;
  contracts: Record<ContractName, DeployedContract>;
}
