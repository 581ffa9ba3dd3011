// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind, Profile, Membership, Provider} from "../types/Provider.sol";

/**
 * @title The directory: who is accredited, and who acts for whom
 * @notice A provider's address is its name for ever: entries are never deleted, keys change by membership.
 *
 * | who             | may                                                                   | never                     |
 * | --------------- | --------------------------------------------------------------------- | ------------------------- |
 * | the consortium  | appoint accreditors, reinstate, give and take EMERGENCY, switch an own key back on, move identifiers | list a provider, act for one |
 * | an accreditor   | list, renew, suspend, revoke, describe what it accredited itself, give it a free identifier and a credential | touch another's, give EMERGENCY, reinstate, touch an encryption key |
 * | a provider      | describe itself, publish its encryption key, list members with abilities and an end | change its own standing   |
 *
 * The consortium acts through an OpenZeppelin `AccessManager`. Nobody here can write a patient's consent or hinder a
 * withdrawal. What the directory can do is refuse: whom it lists as not active is refused, whatever a patient said; so an
 * accreditor that lists an address without the will of its owner can shut it out, and nothing more.
 */
interface IProviderRegistry {
    /// @notice What an accreditor states when it lists a provider; what else is published comes by functions of its own.
    struct Registration {
        address provider;
        Kind kind;
        /// CONTRIBUTE or nothing.
        uint8 capabilities;
        /// Unix seconds, exclusive.
        uint48 expiresAt;
        /// Public name of the organization or practitioner.
        string name;
        /// Base address of its FHIR server; empty if it has none.
        string endpoint;
    }

    // Events

    /// @notice `account` now acts behind the accreditor id; zero: nobody does.
    event AccreditorAppointed(uint32 indexed accreditor, address indexed account);
    event ProviderRegistered(
        address indexed provider,
        uint32 indexed accreditor,
        Kind kind,
        uint8 capabilities,
        uint48 expiresAt,
        string name,
        string endpoint
    );
    event ProviderRenewed(address indexed provider, uint48 expiresAt);
    event ProviderSuspended(address indexed provider);
    event ProviderRevoked(address indexed provider);
    event ProviderReinstated(address indexed provider);
    event CapabilitiesChanged(address indexed provider, uint8 capabilities);
    event EntryChanged(address indexed provider, string name, string endpoint);
    /// @notice Zero: there is none any more.
    event EncryptionKeyChanged(address indexed provider, bytes32 key, address by);
    /// @notice Zero: there is none any more.
    event CredentialChanged(address indexed provider, bytes32 credentialHash);
    /// @notice `from` zero: nobody had it; `to` zero: nobody has it any more.
    event IdentifierMoved(bytes32 indexed identifier, address indexed from, address indexed to);
    /// @notice What `member` may now do for `organization`; no abilities: nothing.
    event MemberChanged(
        address indexed organization,
        address indexed member,
        uint8 abilities,
        uint48 until,
        address by
    );
    /// @notice Whether the organization's own key may act for it.
    event OwnKeySwitched(address indexed organization, bool off, address by);

    // Errors

    /// @notice Accreditor ids start at 1.
    error InvalidAccreditor(uint32 accreditor);
    /// @notice The account already stands behind the accreditor id `accreditor`.
    error AccountInUse(address account, uint32 accreditor);
    /// @notice The caller stands behind no accreditor id.
    error NotAccreditor(address caller);
    /// @notice The provider was accredited by another.
    error NotAccreditorOf(address caller, address provider);
    /// @notice Zero and ANY_PROVIDER can't be listed.
    error InvalidProvider(address provider);
    /// @notice The address is listed already, in whatever standing: an entry is for ever.
    error ProviderExists(address provider);
    /// @notice The address is not in the directory.
    error ProviderUnknown(address provider);
    /// @notice Undefined bits, or EMERGENCY where only the consortium may give it.
    error InvalidCapabilities(uint8 capabilities);
    /// @notice The end lies in the past. Unix seconds.
    error InvalidExpiry(uint48 expiresAt);
    /// @notice There is nothing to suspend.
    error AlreadySuspended(address provider);
    /// @notice The accreditation was revoked already.
    error AlreadyRevoked(address provider);
    /// @notice There is no suspension or revocation to end.
    error AlreadyActive(address provider);
    /// @notice With undefined bits.
    error InvalidAbilities(uint8 abilities);
    /// @notice Zero, or the organization itself, whose own key needs no membership.
    error InvalidMember(address organization, address member);
    /// @notice `member` may not act for `organization` in this: not listed, ended, without the ability, or not active itself.
    error NotActingFor(address member, address organization, uint8 ability);
    /// @notice A member that manages switches the own key, never the key itself: somebody else must be there to act.
    error NotByOwnKey(address organization);
    /// @notice Only an active provider arranges who acts for it; its accreditor or the consortium comes first.
    error ProviderNotActive(address provider);
    /// @notice A member gives no ability that it lacks, and no end after its own. Unix seconds.
    error BeyondOwnMembership(address member, uint8 abilities, uint48 until);
    /// @notice Zero is no identifier.
    error InvalidIdentifier(address provider);
    /// @notice The identifier is `provider`'s. Only the consortium moves it.
    error IdentifierInUse(bytes32 identifier, address provider);
    /// @notice The provider has the identifier `identifier` already, and has one at most.
    error IdentifierExists(address provider, bytes32 identifier);
    /// @notice No provider has the identifier.
    error IdentifierUnknown(bytes32 identifier);

    // The consortium

    /**
     * @notice Puts `account` behind the accreditor id, in the place of whoever stood there; zero leaves the id empty.
     * What was accredited under the id stays. By the consortium.
     */
    function appointAccreditor(uint32 accreditor, address account) external;

    /// @notice Ends the suspension or revocation of a provider; one that has expired must be renewed, too. By the consortium.
    function reinstate(address provider) external;

    /// @notice Gives or takes the EMERGENCY capability. By the consortium.
    function setEmergency(address provider, bool capable) external;

    /// @notice Switches an organization's own key on again, when no member is left that could. By the consortium.
    function restoreOwnKey(address organization) external;

    /**
     * @notice Moves an identifier from the provider that has it to another, listed in whatever standing and without one; zero
     * takes it away. By the consortium.
     */
    function moveIdentifier(bytes32 identifier, address provider) external;

    // Accreditors

    /// @notice Lists a provider, active at once, under the caller's accreditor id.
    function register(Registration calldata registration) external;

    /// @notice Moves the end of the accreditation to `expiresAt`, unix seconds; ends no suspension. By its accreditor.
    function renew(address provider, uint48 expiresAt) external;

    /// @notice Stops the provider at once, in every decision of the same block, until the consortium reinstates it. By its
    /// accreditor.
    function suspend(address provider) external;

    /// @notice Stops the provider as `suspend` does, and says that it is meant for good. By its accreditor.
    function revoke(address provider) external;

    /// @notice Sets the capabilities but EMERGENCY, which is left as it is. By the provider's accreditor.
    function setCapabilities(address provider, uint8 capabilities) external;

    /// @notice Publishes the hash of the provider's credential, such as a licence as a signed document; zero removes it. By
    /// the provider's accreditor.
    function publishCredential(address provider, bytes32 credentialHash) external;

    /**
     * @notice Gives a provider without an identifier one that nobody has. By the provider's accreditor, which so vouches for
     * it, and can't take it back.
     * @param identifier `keccak256(bytes("system|value"))` of a public identifier, such as an NPI, as FHIR writes it.
     */
    function setIdentifier(address provider, bytes32 identifier) external;

    // Providers

    /// @notice Replaces name and endpoint. By the active provider, a member with MANAGE, or its accreditor.
    function setEntry(address provider, string calldata name, string calldata endpoint) external;

    /**
     * @notice Publishes the X25519 key for which records are encrypted; zero removes it. By the active provider or a member
     * with MANAGE. Never by its accreditor, which could put a key of its own in the place and read.
     */
    function publishEncryptionKey(address provider, bytes32 key) external;

    /**
     * @notice Lists a key of the organization with its abilities until `until` (unix seconds, exclusive), or removes it (no
     * abilities). By the active organization, or a member with MANAGE within its own abilities and end.
     */
    function setMember(address organization, address member, uint8 abilities, uint48 until) external;

    /// @notice Switches the active organization's own key off or on. By a member with MANAGE, who so becomes its manager
    /// alone: list a second one first.
    function setOwnKey(address organization, bool off) external;

    // Views

    /// @notice The account behind an accreditor id; zero if none. It can list, renew, suspend and revoke what it accredited.
    function accountOf(uint32 accreditor) external view returns (address);

    /// @notice The accreditor id of an account; 0 if none.
    function accreditorOf(address account) external view returns (uint32);

    /// @notice The stored entry; all zero for an address the directory doesn't know.
    function providerOf(address provider) external view returns (Provider memory);

    /// @notice The public name and the FHIR endpoint; empty for an address the directory doesn't know.
    function entryOf(address provider) external view returns (string memory name, string memory endpoint);

    /// @notice The provider's public X25519 key; zero if none. Says nothing about the provider's standing.
    function encryptionKeyOf(address provider) external view returns (bytes32);

    /// @notice The hash of the provider's credential; zero if none.
    function credentialOf(address provider) external view returns (bytes32);

    /// @notice The hash of the provider's public identifier; zero if none.
    function identifierOf(address provider) external view returns (bytes32);

    /// @notice The provider with this identifier, in whatever standing; zero if none.
    function providerOfIdentifier(bytes32 identifier) external view returns (address);

    /// @notice Where an address stands at this block's time: all that a decision needs.
    function profileOf(address provider) external view returns (Profile);

    /// @notice What `member` may do for `organization`; all zero if nothing.
    function membershipOf(address organization, address member) external view returns (Membership memory);

    /**
     * @notice Whether `member` may do `ability` (one bit of `Ability`) in the name of `organization` at this block's time.
     * Everybody acts for themselves, unless listed with the own key off: such a key acts for nobody. A member that is itself
     * listed and not active is refused. Says nothing about the standing of `organization`, which is asked where it matters.
     */
    function actsFor(address member, address organization, uint8 ability) external view returns (bool);

    /// @notice Whether `provider` is active and holds `capability` (CONTRIBUTE or EMERGENCY) at this block's time.
    function isCapable(address provider, uint8 capability) external view returns (bool);

    /**
     * @notice Whether `organization` is active and holds `capability` (CONTRIBUTE or EMERGENCY) at this block's time, and
     * `member` may do it in its name.
     */
    function empowers(address organization, address member, uint8 capability) external view returns (bool);
}
