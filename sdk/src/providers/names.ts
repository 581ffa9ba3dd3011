/** What a provider is, in the order of the contract's numbers; organization, practitioner and device as FHIR means them. */
export const KINDS = ["organization", "practitioner", "researcher", "payer", "application", "device"] as const;

/** What a provider is; organization, practitioner and device as FHIR means them. */
export type ProviderKind = (typeof KINDS)[number];

/** Where a provider stands with its accreditor, in the order of the contract's numbers. */
export const STANDINGS = ["unlisted", "active", "suspended", "revoked"] as const;

/** Where a provider stands with its accreditor. */
export type Standing = (typeof STANDINGS)[number];

/** What can be done in an organization's name, in the order of the bits. */
export const ABILITIES = ["read", "contribute", "emergency", "audit", "manage"] as const;

/** What a member may do in an organization's name. */
export type Ability = (typeof ABILITIES)[number];

/** What a provider may do only if its accreditor (contribute) or the consortium (emergency) gave it. */
export const CAPABILITIES = ["contribute", "emergency"] as const satisfies readonly Ability[];

/** What a provider may do only if its accreditor (contribute) or the consortium (emergency) gave it. */
export type Capability = (typeof CAPABILITIES)[number];

/** The names of the abilities in a bitmask, in the order of the bits. */
export function abilitiesFromBits(bits: bigint): Ability[] {
  return ABILITIES.filter((_, bit) => (bits & (1n << BigInt(bit))) !== 0n);
}

/** The bitmask of abilities. */
export function abilitiesToBits(abilities: readonly Ability[]): bigint {
  return abilities.reduce((bits, ability) => bits | (1n << BigInt(ABILITIES.indexOf(ability))), 0n);
}
