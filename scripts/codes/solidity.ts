/** The tables as a Solidity library of constants. */
import { BREAK_GLASS, type CodeTables, KIND_BITS, type Row, familyMembers, familyRoots, maskOf } from "./tables.js";

/** Families whose purposes a custodian needs for its own work. */
const CUSTODIAN_FAMILIES = ["TREAT", "HPAYMT", "HOPERAT"];

interface Constant {
  doc: string;
  type: "uint8" | "uint32" | "uint64";
  name: string;
  mask: bigint;
}

/** Contents of Codes.sol, not formatted. */
export function renderSolidity(tables: CodeTables): string {
  const roots = familyRoots(tables);
  const body = [
    ...[...masks(tables), ...actions(tables), ...families(tables)].map(declaration),
    familyOf(roots),
    membersOf(roots),
  ];
  return `// SPDX-License-Identifier: MIT
// Generated from codes.json by \`npm run codes\`: do not edit.
pragma solidity 0.8.37;

/// @title Codes
/// @notice The bits that terms and requests are made of: categories of data, purposes of use and actions.
/// @dev The meaning of every single bit, with its HL7 codes, stands in codes.json.
library Codes {
${body.join("\n\n")}
}
`;
}

function masks(tables: CodeTables): Constant[] {
  const { categories, purposes, actions: acts } = tables;
  const explicit = purposes.filter(({ explicitOnly }) => explicitOnly);
  const custodian = familyRoots(tables)
    .filter(({ name }) => CUSTODIAN_FAMILIES.includes(name))
    .flatMap((root) => familyMembers(tables, root))
    .filter((row) => !explicit.includes(row));
  const of = (type: Constant["type"], name: string, rows: readonly Row[], doc: string): Constant => ({
    type,
    name,
    doc,
    mask: maskOf(rows),
  });
  return [
    of("uint64", "CATEGORIES", categories, "Every defined category: kinds of data and sensitivity."),
    of(
      "uint64",
      "KINDS",
      categories.filter(({ bit }) => bit < KIND_BITS),
      "Every defined kind of data (bits 0-31).",
    ),
    of("uint32", "PURPOSES", purposes, "Every defined purpose, break-glass included."),
    of(
      "uint32",
      BREAK_GLASS,
      purposes.filter(({ name }) => name === BREAK_GLASS),
      "Break-glass; in no family.",
    ),
    of(
      "uint32",
      "EXPLICIT_ONLY",
      explicit,
      "Purposes that must be named: no parent and no absent purpose covers them.",
    ),
    of(
      "uint32",
      "CUSTODIAN_PURPOSES",
      custodian,
      "Treatment, payment and operations without the explicit-only ones: a custodian's own work.",
    ),
    of("uint8", "ACTIONS", acts, "Every defined action."),
  ];
}

function actions({ actions: rows }: CodeTables): Constant[] {
  return rows.map((row) => ({
    type: "uint8",
    name: row.name.toUpperCase(),
    mask: maskOf([row]),
    doc: `${row.text}.`,
  }));
}

function families(tables: CodeTables): Constant[] {
  return familyRoots(tables).flatMap((root): Constant[] => {
    const members = familyMembers(tables, root);
    return [
      { type: "uint32", name: root.name, mask: maskOf([root]), doc: `${root.text}.` },
      {
        type: "uint32",
        name: `${root.name}_FAMILY`,
        mask: maskOf(members),
        doc: `The family of ${root.name}: ${members.map(({ name }) => name).join(", ")}.`,
      },
    ];
  });
}

const HEX_DIGITS = { uint8: 2, uint32: 8, uint64: 16 };

function literal({ type, mask }: Constant): string {
  return `0x${mask.toString(16).padStart(HEX_DIGITS[type], "0")}`;
}

function declaration(constant: Constant): string {
  const { doc, type, name } = constant;
  return `/// @dev ${doc}\n${type} internal constant ${name} = ${literal(constant)};`;
}

function familyOf(roots: readonly Row[]): string {
  const lines = roots.map(({ name }) => `if ((purpose & ${name}_FAMILY) != 0) return ${name};`);
  return `/// @dev The root of a purpose's family.
/// @param purpose exactly one bit
/// @return root the bit of the root, 0 if the purpose is in no family (break-glass, an undefined bit)
function familyOf(uint32 purpose) internal pure returns (uint32 root) {
${lines.join("\n")}
}`;
}

function membersOf(roots: readonly Row[]): string {
  const lines = roots.map(({ name }) => `if (root == ${name}) return ${name}_FAMILY;`);
  return `/// @dev All purposes of a family, the explicit-only ones included.
/// @param root the bit of the family's root
/// @return mask the family's members, 0 if \`root\` is not the root of a family
function membersOf(uint32 root) internal pure returns (uint32 mask) {
${lines.join("\n")}
}`;
}
