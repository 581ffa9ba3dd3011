// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind, Profile, Membership, Provider} from "../types/Provider.sol";

/**
 * @title The directory: who is accredited, and who acts for whom
 * @notice A provider's address is its name for ever: entries are never deleted, keys change by membership.
 *
 * | who             | may                                                                   | never                     |
 * | --------------- | --------------------------------------------------------------------- | ------------------------- |
 * | the consortium  | appoint accreditors, reinstate, give and take EMERGENCY               | list a provider, act for one |
 * | an accreditor   | list, renew, suspend, revoke, describe what it accredited itself      | touch another's, give EMERGENCY, reinstate |
 * | a provider      | describe itself, list members with abilities and an end               | change its own standing   |
 *
 * The consortium acts through an OpenZeppelin `AccessManager`. Nobody here can write or block a patient's consent.
 */
interface IProviderRegistry {
    /// @notice What an accreditor states when it lists a provider.
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
    /// @notice What `member` may now do for `organization`; no abilities: nothing.
    event MemberChanged(address indexed organization, address indexed member, uint8 abilities, uint48 until, address by);
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
    error ProviderExists(address provider);
    error ProviderUnknown(address provider);
    /// @notice Undefined bits, or EMERGENCY where only the consortium may give it.
    error InvalidCapabilities(uint8 capabilities);
    /// @notice The end lies in the past. Unix seconds.
    error InvalidExpiry(uint48 expiresAt);
    error AlreadySuspended(address provider);
    error AlreadyRevoked(address provider);
    error AlreadyActive(address provider);
    error InvalidAbilities(uint8 abilities);
    /// @notice Zero, or the organization itself, whose own key needs no membership.
    error InvalidMember(address organization, address member);
    /// @notice `member` may not act for `organization` in this: not listed, ended, without the ability, or not active itself.
    error NotActingFor(address member, address organization, uint8 ability);
    /// @notice Only a member that manages may switch the own key off, so that somebody still can act.
    error OwnKeyStillNeeded(address organization);

    // The consortium

    /**
     * @notice Puts `account` behind the accreditor id, in the place of whoever stood there; zero leaves the id empty.
     * What was accredited under the id stays. By the consortium.
     */
    function appointAccreditor(uint32 accreditor, address account) external;

    /// @notice Makes a suspended or revoked provider active again. By the consortium.
    function reinstate(address provider) external;

    /// @notice Gives or takes the EMERGENCY capability. By the consortium.
    function setEmergency(address provider, bool capable) external;

    // Accreditors

    /// @notice Lists a provider, active at once, under the caller's accreditor id.
    function register(Registration calldata registration) external;

    /// @notice Moves the end of the accreditation to `expiresAt`, unix seconds. By the provider's accreditor.
    function renew(address provider, uint48 expiresAt) external;

    /// @notice Stops the provider at once, in every decision of the same block. By its accreditor.
    function suspend(address provider) external;

    /// @notice Stops the provider for good; only the consortium can reinstate it. By its accreditor.
    function revoke(address provider) external;

    /// @notice Sets the capabilities but EMERGENCY, which is left as it is. By the provider's accreditor.
    function setCapabilities(address provider, uint8 capabilities) external;

    // Providers

    /// @notice Replaces name and endpoint. By the provider, a member with MANAGE, or its accreditor.
    function setEntry(address provider, string calldata name, string calldata endpoint) external;

    /**
     * @notice Lists a key of the organization with its abilities until `until` (unix seconds, exclusive), or removes it (no
     * abilities). By the organization or a member with MANAGE.
     */
    function setMember(address organization, address member, uint8 abilities, uint48 until) external;

    /// @notice Switches the organization's own key off or on again. By a member with MANAGE; on also by nobody else.
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

    /// @notice Where an address stands at this block's time: all that a decision needs.
    function profileOf(address provider) external view returns (Profile);

    /// @notice What `member` may do for `organization`; all zero if nothing.
    function membershipOf(address organization, address member) external view returns (Membership memory);

    /**
     * @notice Whether `member` may do `ability` (one bit of `Ability`) in the name of `organization` at this block's time.
     * Everybody acts for themselves, unless listed with the own key off. A member that is itself listed and not active is
     * refused. Says nothing about the standing of `organization`, which is asked where it matters.
     */
    function actsFor(address member, address organization, uint8 ability) external view returns (bool);

    /**
     * @notice Whether `organization` is active and holds `capability` (CONTRIBUTE or EMERGENCY) at this block's time, and
     * `member` may do it in its name.
     */
    function empowers(address organization, address member, uint8 capability) external view returns (bool);
}
