/**
 * Settings that a configuration file of Besu may have: their names in 26.8.0, from its options reference
 * (besu.hyperledger.org/public-networks/reference/options and private-networks/reference/options), checked with its sources.
 * Those of interfaces that the network does not have (GraphQL, WebSockets, Engine, blobs, early access) are left out.
 */
export const VERSION = "26.8.0";

export const KNOWN_OPTIONS: ReadonlySet<string> = new Set(
  `
  api-gas-price-blocks api-gas-price-max api-gas-price-percentile auto-log-bloom-caching-enabled banned-node-id
  banned-node-ids block-txs-selection-max-time bonsai-historical-block-limit bonsai-limit-trie-logs-enabled
  bonsai-parallel-state-root-computation-enabled bonsai-parallel-tx-processing-enabled
  bonsai-trie-logs-pruning-window-size bootnodes cache-last-block-headers cache-last-block-headers-preload-enabled
  cache-last-blocks cache-precompiles checkpoint color-enabled data-path data-storage-format discovery-dns-url
  discovery-enabled discovery-mode estimate-gas-tolerance-ratio genesis-file genesis-state-hash-cache-enabled
  history-expiry-prune host-allowlist identity json-pretty-print-enabled key-value-storage kzg-trusted-setup
  logging logging-format max-peers metrics-category metrics-enabled metrics-host metrics-port metrics-protocol
  min-block-occupancy-ratio min-gas-price min-priority-fee miner-extra-data nat-method net-restrict network
  network-id node-private-key-file p2p-enabled p2p-host p2p-interface p2p-port p2p-tx-feecap
  permissions-accounts-config-file permissions-accounts-config-file-enabled permissions-nodes-config-file
  permissions-nodes-config-file-enabled pid-path poa-block-txs-selection-max-time poa-discovery-retry-bootnodes
  profile random-peer-priority-enabled receipt-compaction-enabled remote-connections-limit-enabled
  remote-connections-max-percentage reorg-logging-threshold required-blocks revert-reason-enabled
  rpc-filter-timeout-seconds rpc-gas-cap rpc-http-api rpc-http-api-method-no-auth rpc-http-api-methods-no-auth
  rpc-http-apis rpc-http-authentication-credentials-file rpc-http-authentication-enabled
  rpc-http-authentication-jwt-algorithm rpc-http-authentication-jwt-public-key-file rpc-http-cors-origins
  rpc-http-enabled rpc-http-host rpc-http-max-active-connections rpc-http-max-batch-size
  rpc-http-max-request-content-length rpc-http-port rpc-max-active-filters rpc-max-logs-range
  rpc-max-trace-filter-range rpc-max-trace-steps rpc-tx-feecap security-module static-nodes-file
  strict-tx-replay-protection-enabled sync-min-peers sync-mode target-gas-limit tx-pool
  tx-pool-enable-balance-check tx-pool-enable-save-restore tx-pool-layer-max-capacity
  tx-pool-limit-by-account-percentage tx-pool-max-future-by-sender tx-pool-max-prioritized
  tx-pool-max-prioritized-by-type tx-pool-max-size tx-pool-min-gas-price tx-pool-min-score
  tx-pool-no-local-priority tx-pool-price-bump tx-pool-priority-senders tx-pool-retention-hours tx-pool-save-file
  tx-sender-nonce-index-enabled version-compatibility-protection
  `
    .trim()
    .split(/\s+/),
);
