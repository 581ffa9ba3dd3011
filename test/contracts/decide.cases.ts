import {
  type Asked,
  type Case,
  condition,
  everything,
  granted,
  later,
  noAccess,
  noLabs,
  noTreatment,
  over,
} from "./decide.vocabulary.js";

const aboutRecord: Asked = { record: "record" };

/** One rule of `decide` each. */
export const CASES: readonly Case[] = [
  { name: "nothing said", steps: [], decision: "NoConsent" },
  { name: "nothing said about it", steps: [], asked: everything, decision: "NoConsent" },
  { name: "words to others", steps: [["grant", "hospital", "GENERAL"]], asked: everything, decision: "NoConsent" },
  {
    name: "words about other records, programmes and families",
    steps: [
      ["grant", "clinic", "otherRecord"],
      ["refuse", "any", "otherRecord"],
      ["grant", "clinic", "otherStudy"],
      ["grant", "clinic", "RESEARCH", { purposes: ["HRESCH"] }],
    ],
    asked: everything,
    decision: "NoConsent",
  },
  {
    name: "a record's word says nothing where no record is asked about",
    steps: [["grant", "clinic", "record"]],
    decision: "NoConsent",
  },
  {
    name: "a programme's word says nothing outside the programme",
    steps: [["grant", "clinic", "study"]],
    asked: aboutRecord,
    decision: "NoConsent",
  },
  {
    name: "a family's word speaks for its purposes alone",
    steps: [
      ["grant", "clinic", "TREATMENT", { purposes: ["TREAT"] }],
      ["refuse", "clinic", "RESEARCH"],
    ],
    asked: { purpose: "CLINTRCH" },
    decision: "Revoked",
    word: ["clinic", "RESEARCH"],
  },
  {
    name: "a family's refusal leaves other families to the general word",
    steps: [
      ["grant", "clinic", "GENERAL"],
      ["refuse", "clinic", "RESEARCH"],
    ],
    decision: "Permit",
    word: ["clinic", "GENERAL"],
  },

  // Step 1
  {
    name: "the patient itself",
    steps: [["refuse", "any", "GENERAL"]],
    asked: { grantee: "patient" },
    decision: "PermitSelf",
  },
  ...(["suspend", "expel", "lapse"] as const).flatMap((verb): Case[] => [
    {
      name: `a provider, ${verb}, whatever was said`,
      steps: [
        ["grant", "clinic", "GENERAL"],
        ["grant", "clinic", "record"],
        ["refuse", "any", "record"],
        [verb, "clinic"],
      ],
      asked: aboutRecord,
      decision: "GranteeNotActive",
    },
    {
      name: `a researcher, ${verb}`,
      steps: [
        ["grant", "researcher", "GENERAL"],
        [verb, "researcher"],
      ],
      asked: { grantee: "researcher" },
      decision: "GranteeNotActive",
    },
  ]),
  {
    name: "a reinstated provider",
    steps: [
      ["grant", "clinic", "GENERAL"],
      ["suspend", "clinic"],
      ["reinstate", "clinic"],
    ],
    decision: "Permit",
    word: ["clinic", "GENERAL"],
  },
  {
    name: "whom the directory does not know, by its own word",
    steps: [["grant", "stranger", "GENERAL"]],
    asked: { grantee: "stranger" },
    decision: "Permit",
    word: ["stranger", "GENERAL"],
  },

  // ANY_PROVIDER
  ...(["researcher", "stranger"] as const).flatMap((grantee): Case[] => [
    {
      name: `ANY_PROVIDER's grants do not mean the ${grantee}`,
      steps: [granted(["any", "record"]), granted(["any", "TREATMENT"]), granted(["any", "GENERAL"])],
      asked: { ...everything, grantee },
      decision: "NoConsent",
    },
    {
      name: `ANY_PROVIDER's grants give the ${grantee} no reason either`,
      steps: [granted(["any", "record"], over), granted(["any", "GENERAL"], noLabs), ["wait", 200]],
      asked: { ...everything, grantee },
      decision: "NoConsent",
    },
    {
      name: `a record hidden from everyone is hidden from the ${grantee}`,
      steps: [
        ["grant", grantee, "GENERAL"],
        ["refuse", "any", "record"],
      ],
      asked: { ...everything, grantee },
      decision: "Withheld",
      word: ["any", "record"],
    },
    {
      name: `the ${grantee}'s own word about a hidden record comes first`,
      steps: [
        ["grant", grantee, "record"],
        ["refuse", "any", "record"],
      ],
      asked: { ...everything, grantee },
      decision: "Permit",
      word: [grantee, "record"],
    },
  ]),
  ...(["record", "TREATMENT", "GENERAL"] as const).map((scope): Case => ({
    name: `an own GENERAL refusal beats ANY_PROVIDER's grant for ${scope}`,
    steps: [["refuse", "clinic", "GENERAL"], granted(["any", scope])],
    asked: everything,
    decision: "Revoked",
    word: ["clinic", "GENERAL"],
  })),
  {
    name: "an own GENERAL refusal leaves a record hidden from everyone hidden",
    steps: [
      ["refuse", "clinic", "GENERAL"],
      ["refuse", "any", "record"],
    ],
    asked: everything,
    decision: "Withheld",
    word: ["any", "record"],
  },
  {
    name: "ANY_PROVIDER's GENERAL refusal ends its narrower grants and nobody's own",
    steps: [
      ["grant", "clinic", "study"],
      ["grant", "any", "record"],
      ["refuse", "any", "GENERAL"],
    ],
    asked: everything,
    decision: "Permit",
    word: ["clinic", "study"],
  },

  // Withdrawal from a provider in one word
  ...(["record", "study", "TREATMENT"] as const).flatMap((scope): Case[] => [
    {
      name: `a GENERAL refusal ends the earlier grant for ${scope}`,
      steps: [granted(["clinic", scope]), ["refuse", "clinic", "GENERAL"]],
      asked: everything,
      decision: "Revoked",
      word: ["clinic", "GENERAL"],
    },
    {
      name: `a GENERAL refusal leaves the later grant for ${scope}`,
      steps: [["refuse", "clinic", "GENERAL"], granted(["clinic", scope])],
      asked: everything,
      decision: "Permit",
      word: ["clinic", scope],
    },
    {
      name: `a GENERAL grant after the refusal does not bring back the earlier grant for ${scope}`,
      steps: [granted(["clinic", scope]), ["refuse", "clinic", "GENERAL"], ["grant", "clinic", "GENERAL", noLabs]],
      asked: everything,
      decision: "CategoryNotCovered",
      word: ["clinic", "GENERAL"],
    },
    {
      name: `a GENERAL grant leaves what was granted after the refusal for ${scope}`,
      steps: [["refuse", "clinic", "GENERAL"], granted(["clinic", scope]), ["grant", "clinic", "GENERAL", noLabs]],
      asked: everything,
      decision: "Permit",
      word: ["clinic", scope],
    },
    {
      name: `revokeAll ends the later one, too: ${scope}`,
      steps: [["refuse", "clinic", "GENERAL"], granted(["clinic", scope]), ["revokeAll"]],
      asked: everything,
      decision: "Revoked",
      word: ["clinic", "GENERAL"],
    },
  ]),
  {
    name: "a GENERAL refusal after revokeAll is the later deadline",
    steps: [["revokeAll"], ["grant", "clinic", "record"], ["refuse", "clinic", "GENERAL"]],
    asked: aboutRecord,
    decision: "Revoked",
    word: ["clinic", "GENERAL"],
  },
  {
    name: "another's GENERAL refusal ends nothing",
    steps: [
      ["grant", "clinic", "record"],
      ["refuse", "hospital", "GENERAL"],
      ["refuse", "any", "GENERAL"],
    ],
    asked: aboutRecord,
    decision: "Permit",
    word: ["clinic", "record"],
  },
  {
    name: "a voided word counts as Revoked, below every other reason",
    steps: [["grant", "clinic", "record"], ["revokeAll"], granted(["clinic", "TREATMENT"], later)],
    asked: aboutRecord,
    decision: "NotYetValid",
    word: ["clinic", "TREATMENT"],
  },
  {
    name: "a voided word that would not have covered is Revoked all the same",
    steps: [["grant", "clinic", "GENERAL", noAccess], ["revokeAll"]],
    decision: "Revoked",
    word: ["clinic", "GENERAL"],
  },
  {
    name: "refusals outlive revokeAll",
    steps: [["refuse", "clinic", "record"], ["revokeAll"], ["grant", "clinic", "GENERAL"]],
    asked: aboutRecord,
    decision: "Withheld",
    word: ["clinic", "record"],
  },
  {
    name: "within one word the reasons have an order",
    steps: [["grant", "clinic", "GENERAL", { ...noLabs, ...noTreatment, ...noAccess }]],
    decision: "CategoryNotCovered",
    word: ["clinic", "GENERAL"],
  },
  {
    name: "within one word the purpose comes before the action",
    steps: [["grant", "clinic", "GENERAL", { ...noTreatment, ...noAccess }]],
    decision: "PurposeNotCovered",
    word: ["clinic", "GENERAL"],
  },
  {
    name: "within one word the time comes before the bits",
    steps: [
      ["grant", "clinic", "GENERAL", { ...noLabs, ...over }],
      ["wait", 200],
    ],
    decision: "Expired",
    word: ["clinic", "GENERAL"],
  },
  {
    name: "a tombstone ends its step, not those before it: a conditional cover found there stands",
    steps: [
      ["grant", "clinic", "study", condition],
      ["refuse", "clinic", "TREATMENT"],
      ["grant", "clinic", "GENERAL"],
    ],
    asked: everything,
    decision: "PermitConditional",
    word: ["clinic", "study"],
  },
  {
    name: "nothing is read after a tombstone",
    steps: [
      ["refuse", "clinic", "study"],
      ["grant", "clinic", "TREATMENT", { purposes: ["TREAT"] }],
      ["grant", "any", "GENERAL"],
    ],
    asked: everything,
    decision: "Revoked",
    word: ["clinic", "study"],
  },

  // Break-glass, which no grant can carry
  {
    name: "break-glass: programme, family and general words are not read",
    steps: [
      ["grant", "clinic", "GENERAL"],
      ["refuse", "clinic", "study"],
      ["refuse", "any", "GENERAL"],
    ],
    asked: { purpose: "BTG", programme: "study" },
    decision: "NoConsent",
  },
  {
    name: "break-glass: not even a general refusal",
    steps: [["refuse", "clinic", "GENERAL"]],
    asked: { purpose: "BTG" },
    decision: "NoConsent",
  },
  {
    name: "break-glass: a record's grant does not cover it",
    steps: [["grant", "clinic", "record"]],
    asked: { purpose: "BTG", record: "record" },
    decision: "PurposeNotCovered",
    word: ["clinic", "record"],
  },
  {
    name: "break-glass: a hidden record stays hidden",
    steps: [["refuse", "any", "record"]],
    asked: { purpose: "BTG", record: "record" },
    decision: "Withheld",
    word: ["any", "record"],
  },
  {
    name: "break-glass: a suspended provider stays out",
    steps: [["suspend", "clinic"]],
    asked: { purpose: "BTG" },
    decision: "GranteeNotActive",
  },
  {
    name: "break-glass: the patient itself",
    steps: [],
    asked: { purpose: "BTG", grantee: "patient" },
    decision: "PermitSelf",
  },
];
