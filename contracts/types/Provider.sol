// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev The grantee that stands for every organization and practitioner which the directory lists as active.
/// The low 20 bytes of `keccak256("consentry.ANY_PROVIDER")`: nobody holds its key.
address constant ANY_PROVIDER = address(uint160(uint256(keccak256("consentry.ANY_PROVIDER"))));

/// @notice Where a provider stands with its accreditor. `Unlisted` is everybody whom the directory does not know.
enum Standing {
    Unlisted,
    Active,
    Suspended,
    Revoked
}

/// @notice What a provider is; organization, practitioner and device as FHIR means them.
enum Kind {
    Organization,
    Practitioner,
    Researcher,
    Payer,
    Application,
    Device
}

/// @notice A provider's entry. One slot.
struct Provider {
    /// Who answers for it; the account behind the id may change.
    uint32 accreditor;
    Standing standing;
    Kind kind;
    /// Bits of `Ability`: CONTRIBUTE and EMERGENCY, if given.
    uint8 capabilities;
    /// Unix seconds, exclusive.
    uint48 expiresAt;
    /// The provider's own key may no longer act for it; only its members may.
    bool ownKeyOff;
}

/// @notice Where an address stands in the directory at a block's time.
enum Profile {
    /// Not in the directory.
    Unlisted,
    /// Listed, but suspended, revoked or expired.
    Inactive,
    Active,
    /// An active organization or practitioner: whom ANY_PROVIDER means.
    ActiveCaregiver
}

/// @notice What a key may do for an organization, and until when (unix seconds, exclusive). One slot.
struct Membership {
    /// Bits of `Ability`.
    uint8 abilities;
    uint48 until;
}

/// @notice What can be done in an organization's name. A provider holds some of these itself, as its capabilities, and lets
/// each member do some of them.
library Ability {
    /// Ask for access.
    uint8 internal constant READ = 1;
    /// Register records, if the patient consents to the collecting.
    uint8 internal constant CONTRIBUTE = 2;
    /// Break the glass.
    uint8 internal constant EMERGENCY = 4;
    /// Anchor the audit trail.
    uint8 internal constant AUDIT = 8;
    /// List members, describe the organization, publish its encryption key.
    uint8 internal constant MANAGE = 16;

    uint8 internal constant ALL = READ | CONTRIBUTE | EMERGENCY | AUDIT | MANAGE;
    /// What a provider may do only if its accreditor (CONTRIBUTE) or the consortium (EMERGENCY) gave it.
    uint8 internal constant CAPABILITIES = CONTRIBUTE | EMERGENCY;
}
