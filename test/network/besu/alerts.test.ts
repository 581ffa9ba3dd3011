import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { LIMITS } from "../../../scripts/status/limits.js";
import { EMERGENCY } from "../../../sdk/src/deployments/settings.js";
import { FOLDER } from "./support/network.js";
import { hasPromtool, promtool } from "./support/promtool.js";

const RULES = join(FOLDER, "rules", "consentry.yml");

/** Seconds between looks, as in prometheus.yml, and when things go wrong: after so many looks at which all is well. */
const [STEP, WELL] = [10, 6];
const DAY = 86_400;

/** A series that is as it may just be, goes wrong by as little as it can, and is well again. */
interface Case {
  alert: string;
  severity: "critical" | "warning";
  /** Name and labels, which the alert has too. */
  metric: `consentry_${string}`;
  labels?: Record<string, string>;
  right: number;
  /** Undefined if nothing is told any more. */
  wrong: number | undefined;
  /** How it is well again, if not as before. */
  again?: number;
  /** Seconds that it must be wrong before somebody is told. */
  patience: number;
  summary: string;
  /** Series that are there besides, with their one value. */
  beside?: Record<string, number>;
}

const CASES: readonly Case[] = [
  {
    alert: "StatusUnknown",
    severity: "critical",
    metric: "consentry_block_age_seconds",
    right: 1,
    wrong: undefined,
    patience: 120,
    summary: "No node of the right chain answered for two minutes, or nobody asks.",
  },
  {
    alert: "StatusCritical",
    severity: "critical",
    metric: "consentry_findings",
    labels: { severity: "critical" },
    right: 0,
    wrong: 2,
    patience: 300,
    summary: "The status has 2 critical findings, which it tells in words; what can't be looked at is one.",
    beside: { 'consentry_findings{severity="warning"}': 7 },
  },
  {
    alert: "NodeDown",
    severity: "critical",
    metric: "consentry_node_up",
    labels: { node: "rpc:8545" },
    right: 1,
    wrong: 0,
    patience: 60,
    summary: "The node rpc:8545 does not answer, or is on another chain.",
    beside: { 'consentry_node_up{node="other"}': 1 },
  },
  {
    alert: "NodeLags",
    severity: "critical",
    metric: "consentry_node_lag_blocks",
    labels: { node: "rpc:8545" },
    right: LIMITS.lag,
    wrong: LIMITS.lag + 1,
    patience: 60,
    summary: "The node rpc:8545 is 6 blocks behind, so that withdrawals reach it late.",
  },
  {
    alert: "NodesDisagree",
    severity: "critical",
    metric: "consentry_node_agrees",
    labels: { node: "rpc:8545" },
    right: 1,
    wrong: 0,
    patience: 0,
    summary: "The node rpc:8545 has another block than the others.",
  },
  {
    alert: "NodeWithoutPeers",
    severity: "warning",
    metric: "consentry_node_peers",
    labels: { node: "rpc:8545" },
    right: 1,
    wrong: 0,
    patience: 300,
    summary: "The node rpc:8545 is connected to no other.",
  },
  {
    alert: "ChainStalled",
    severity: "critical",
    metric: "consentry_block_age_seconds",
    right: LIMITS.stalled,
    wrong: LIMITS.stalled + 1,
    patience: 30,
    summary: "The newest block is 31 s old, so that nothing can be withdrawn; or blocks are dated wrongly.",
  },
  {
    alert: "ClockSkew",
    severity: "critical",
    metric: "consentry_block_age_seconds",
    right: -LIMITS.ahead,
    wrong: -LIMITS.ahead - 1,
    patience: 60,
    summary: "Blocks are dated ahead of this machine's clock, so that consents end too early.",
  },
  {
    alert: "ValidatorMissing",
    severity: "critical",
    metric: "consentry_validator_up",
    labels: { validator: "0x01" },
    right: 1,
    wrong: 0,
    patience: 60,
    summary: "The validator 0x01 let five turns pass.",
    beside: { 'consentry_validator_up{validator="0x02"}': 1 },
  },
  {
    alert: "BlocksFull",
    severity: "warning",
    metric: "consentry_gas_used_ratio",
    right: LIMITS.busy,
    wrong: LIMITS.busy + 0.01,
    patience: 300,
    summary: "Blocks are nearly full, so that withdrawals wait with everything else.",
  },
  {
    alert: "RevocationNotFinal",
    severity: "warning",
    metric: "consentry_withdrawal_delay_seconds",
    labels: { instance: "here" },
    right: LIMITS.blocks * 2 + LIMITS.person,
    wrong: LIMITS.blocks * 2 + LIMITS.person + 1,
    patience: 0,
    summary: "A withdrawal came onto the chain 67 s after it was stamped, in more than three blocks.",
    beside: {
      'consentry_block_interval_seconds{instance="here"}': 2,
      // Whoever else looks at the network, or at another one.
      'consentry_block_interval_seconds{instance="there"}': 5,
    },
  },
  {
    alert: "RelayerNotReady",
    severity: "critical",
    metric: "consentry_relayer_ready",
    right: 1,
    wrong: 0,
    patience: 60,
    summary: "The relayer does not deliver, so that withdrawals wait there.",
  },
  {
    alert: "BreakGlassOften",
    severity: "warning",
    metric: "consentry_break_glass",
    labels: { provider: "0x05" },
    right: EMERGENCY.burst / 2 - 1,
    wrong: EMERGENCY.burst / 2,
    patience: 0,
    summary: "The provider 0x05 broke the glass 10 times within an hour.",
    beside: { 'consentry_break_glass{provider="0x06"}': 1 },
  },
  {
    alert: "BreakGlassUsedUp",
    severity: "critical",
    metric: "consentry_break_glass_left",
    labels: { provider: "0x05" },
    right: 1,
    wrong: 0,
    patience: 0,
    summary: "The provider 0x05 can't break the glass in the next emergency.",
  },
  {
    alert: "ProviderNearExpiry",
    severity: "warning",
    metric: "consentry_provider_expiry_timestamp_seconds",
    labels: { provider: "0x05" },
    // The same end comes nearer.
    right: LIMITS.expiry * DAY + (WELL - 1) * STEP,
    wrong: LIMITS.expiry * DAY + (WELL - 1) * STEP,
    again: 400 * DAY,
    patience: 3_600,
    summary: "The accreditation of the provider 0x05 ends within 30 days, or has ended.",
  },
  {
    alert: "Announced",
    severity: "warning",
    metric: "consentry_announced",
    right: 0,
    wrong: 2,
    patience: 0,
    summary:
      "2 decisions about roles or the directory were announced: if the consortium did not make them, they can still be called off.",
  },
  {
    alert: "DeploymentDiffers",
    severity: "critical",
    metric: "consentry_deployment_differences",
    right: 0,
    wrong: 1,
    patience: 0,
    summary: "Contracts or roles differ from the record and this repository in 1 ways.",
  },
];

describe("alerts", () => {
  const folder = mkdtempSync(join(tmpdir(), "alerts-"));
  after(() => rmSync(folder, { recursive: true }));

  it("have a case each", () => {
    const { groups } = parse(readFileSync(RULES, "utf8")) as { groups: { rules: { alert: string }[] }[] };
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    expect(CASES.map(({ alert }) => alert)).to.have.members(alerts);
  });

  it("are looked at as often as their cases are", () => {
    const settings = parse(readFileSync(join(FOLDER, "prometheus.yml"), "utf8")) as { global: object };
    expect(settings.global).to.include({ scrape_interval: `${STEP}s`, evaluation_interval: `${STEP}s` });
  });

  describe("in Prometheus", () => {
    before(function () {
      if (!hasPromtool()) this.skip();
    });

    it("are read, as is how it gets at the metrics", () => {
      const { status, text } = promtool("check", "config", join(FOLDER, "prometheus.yml"));
      expect(status, text).to.equal(0);
      const rules = promtool("check", "rules", "--lint=all", "--lint-fatal", RULES);
      expect(rules.status, rules.text).to.equal(0);
      expect(rules.text).to.include(`${CASES.length} rules found`);
    });

    for (const each of CASES) {
      it(`${each.alert} is silent until it must not be, and afterwards`, () => {
        const file = join(folder, `${each.alert}.json`);
        writeFileSync(file, JSON.stringify(testOf(each)));
        const { status, text } = promtool("test", "rules", file);
        expect(status, text).to.equal(0);
      });
    }
  });
});

/** https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/ */
function testOf({ alert, severity, labels = {}, patience, summary, ...series }: Case): object {
  const fires = { exp_labels: { ...labels, severity }, exp_annotations: { summary } };
  const begin = WELL * STEP;
  const at = (seconds: number, ...exp_alerts: object[]) => ({
    eval_time: `${seconds}s`,
    alertname: alert,
    exp_alerts,
  });
  return {
    rule_files: [RULES],
    evaluation_interval: `${STEP}s`,
    tests: [
      {
        interval: `${STEP}s`,
        input_series: seriesOf({ ...series, labels, patience }),
        alert_rule_test: [
          at(begin - STEP),
          at(begin + patience - STEP),
          at(begin + patience, fires),
          at(begin + patience + STEP, fires),
          at(begin + patience + 2 * STEP),
        ],
      },
    ],
  };
}

/** `5x3` is four times 5 there, `_` nothing, and `stale` the end of what was told. */
function seriesOf(
  each: Pick<Case, "metric" | "right" | "wrong" | "again" | "patience" | "beside" | "labels">,
): object[] {
  const { metric, labels = {}, right, wrong, again = right, patience, beside = {} } = each;
  const times = patience / STEP + 1;
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const course = [
    `${right}x${WELL - 1}`,
    wrong === undefined ? `stale _x${times}` : `${wrong}x${times}`,
    `${again}x${WELL}`,
  ];
  const others = Object.entries(beside).map(([series, value]) => ({
    series,
    values: `${value}x${2 * WELL + times}`,
  }));
  return [{ series: `${metric}{${pairs.join(",")}}`, values: course.join(" ") }, ...others];
}
