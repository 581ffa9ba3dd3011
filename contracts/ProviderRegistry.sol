// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {Ability, ANY_PROVIDER, Kind, Profile, Membership, Provider, Standing} from "./types/Provider.sol";

contract ProviderRegistry is IProviderRegistry, AccessManaged {
    using Strings for string;

    struct Entry {
        string name;
        string endpoint;
    }

    /// @inheritdoc IProviderRegistry
    mapping(uint32 accreditor => address) public accountOf;

    /// @inheritdoc IProviderRegistry
    mapping(address account => uint32 accreditor) public accreditorOf;

    /// @inheritdoc IProviderRegistry
    mapping(address provider => bytes32) public encryptionKeyOf;

    /// @inheritdoc IProviderRegistry
    mapping(address provider => bytes32) public credentialOf;

    /// @inheritdoc IProviderRegistry
    mapping(address provider => bytes32 identifier) public identifierOf;

    /// @inheritdoc IProviderRegistry
    mapping(bytes32 identifier => address provider) public providerOfIdentifier;

    mapping(address provider => Provider) private _providers;
    mapping(address provider => Entry) private _entries;
    mapping(address organization => mapping(address member => Membership)) private _members;

    /// @param consortium The `AccessManager` through which the consortium acts.
    constructor(address consortium) AccessManaged(consortium) {}

    // The consortium

    /// @inheritdoc IProviderRegistry
    function appointAccreditor(uint32 accreditor, address account) external restricted {
        require(accreditor != 0, InvalidAccreditor(accreditor));
        if (accountOf[accreditor] == account) return;
        require(accreditorOf[account] == 0, AccountInUse(account, accreditorOf[account]));
        delete accreditorOf[accountOf[accreditor]];
        accountOf[accreditor] = account;
        if (account != address(0)) accreditorOf[account] = accreditor;
        emit AccreditorAppointed(accreditor, account);
    }

    /// @inheritdoc IProviderRegistry
    function reinstate(address provider) external restricted {
        Provider storage entry = _listed(provider);
        require(entry.standing != Standing.Active, AlreadyActive(provider));
        entry.standing = Standing.Active;
        emit ProviderReinstated(provider);
    }

    /// @inheritdoc IProviderRegistry
    function setEmergency(address provider, bool capable) external restricted {
        Provider storage entry = _listed(provider);
        uint8 others = entry.capabilities & ~Ability.EMERGENCY;
        _setCapabilities(provider, entry, capable ? others | Ability.EMERGENCY : others);
    }

    /// @inheritdoc IProviderRegistry
    function restoreOwnKey(address organization) external restricted {
        _switchOwnKey(organization, _listed(organization), false);
    }

    /// @inheritdoc IProviderRegistry
    function moveIdentifier(bytes32 identifier, address provider) external restricted {
        address holder = providerOfIdentifier[identifier];
        require(holder != address(0), IdentifierUnknown(identifier));
        if (holder == provider) return;
        if (provider != address(0)) _listed(provider);
        _moveIdentifier(identifier, holder, provider);
    }

    // Accreditors

    /// @inheritdoc IProviderRegistry
    function register(Registration calldata registration) external {
        uint32 accreditor = accreditorOf[msg.sender];
        address provider = registration.provider;
        require(accreditor != 0, NotAccreditor(msg.sender));
        require(provider != address(0) && provider != ANY_PROVIDER, InvalidProvider(provider));
        require(_providers[provider].standing == Standing.Unlisted, ProviderExists(provider));
        _requireOrdinary(registration.capabilities);
        _requireFuture(registration.expiresAt);
        _providers[provider] = Provider({
            accreditor: accreditor,
            standing: Standing.Active,
            kind: registration.kind,
            capabilities: registration.capabilities,
            expiresAt: registration.expiresAt,
            ownKeyOff: false
        });
        _entries[provider] = Entry(registration.name, registration.endpoint);
        emit ProviderRegistered(
            provider,
            accreditor,
            registration.kind,
            registration.capabilities,
            registration.expiresAt,
            registration.name,
            registration.endpoint
        );
    }

    /// @inheritdoc IProviderRegistry
    function renew(address provider, uint48 expiresAt) external {
        Provider storage entry = _accredited(provider);
        _requireFuture(expiresAt);
        if (entry.expiresAt == expiresAt) return;
        entry.expiresAt = expiresAt;
        emit ProviderRenewed(provider, expiresAt);
    }

    /// @inheritdoc IProviderRegistry
    function suspend(address provider) external {
        Provider storage entry = _accredited(provider);
        require(entry.standing != Standing.Suspended, AlreadySuspended(provider));
        require(entry.standing != Standing.Revoked, AlreadyRevoked(provider));
        entry.standing = Standing.Suspended;
        emit ProviderSuspended(provider);
    }

    /// @inheritdoc IProviderRegistry
    function revoke(address provider) external {
        Provider storage entry = _accredited(provider);
        require(entry.standing != Standing.Revoked, AlreadyRevoked(provider));
        entry.standing = Standing.Revoked;
        emit ProviderRevoked(provider);
    }

    /// @inheritdoc IProviderRegistry
    function setCapabilities(address provider, uint8 capabilities) external {
        Provider storage entry = _accredited(provider);
        _requireOrdinary(capabilities);
        _setCapabilities(provider, entry, capabilities | (entry.capabilities & Ability.EMERGENCY));
    }

    /// @inheritdoc IProviderRegistry
    function publishCredential(address provider, bytes32 credentialHash) external {
        _accredited(provider);
        if (credentialOf[provider] == credentialHash) return;
        credentialOf[provider] = credentialHash;
        emit CredentialChanged(provider, credentialHash);
    }

    /// @inheritdoc IProviderRegistry
    function setIdentifier(address provider, bytes32 identifier) external {
        _accredited(provider);
        require(identifier != 0, InvalidIdentifier(provider));
        address holder = providerOfIdentifier[identifier];
        if (holder == provider) return;
        require(holder == address(0), IdentifierInUse(identifier, holder));
        _moveIdentifier(identifier, address(0), provider);
    }

    // Providers

    /// @inheritdoc IProviderRegistry
    function setEntry(address provider, string calldata name, string calldata endpoint) external {
        if (accreditorOf[msg.sender] != _listed(provider).accreditor) _requireManager(provider);
        Entry storage entry = _entries[provider];
        if (entry.name.equal(name) && entry.endpoint.equal(endpoint)) return;
        (entry.name, entry.endpoint) = (name, endpoint);
        emit EntryChanged(provider, name, endpoint);
    }

    /// @inheritdoc IProviderRegistry
    function publishEncryptionKey(address provider, bytes32 key) external {
        _requireManager(provider);
        if (encryptionKeyOf[provider] == key) return;
        encryptionKeyOf[provider] = key;
        emit EncryptionKeyChanged(provider, key, msg.sender);
    }

    /// @inheritdoc IProviderRegistry
    function setMember(address organization, address member, uint8 abilities, uint48 until) external {
        _requireManager(organization);
        require(member != address(0) && member != organization, InvalidMember(organization, member));
        require(abilities & ~Ability.ALL == 0, InvalidAbilities(abilities));
        if (abilities == 0) until = 0;
        else _requireFuture(until);
        if (msg.sender != organization) _requireWithin(_members[organization][msg.sender], abilities, until);
        Membership storage membership = _members[organization][member];
        if (membership.abilities == abilities && membership.until == until) return;
        (membership.abilities, membership.until) = (abilities, until);
        emit MemberChanged(organization, member, abilities, until, msg.sender);
    }

    /// @inheritdoc IProviderRegistry
    function setOwnKey(address organization, bool off) external {
        require(msg.sender != organization, NotByOwnKey(organization));
        _requireManager(organization);
        _switchOwnKey(organization, _providers[organization], off);
    }

    // Views

    /// @inheritdoc IProviderRegistry
    function providerOf(address provider) external view returns (Provider memory) {
        return _providers[provider];
    }

    /// @inheritdoc IProviderRegistry
    function entryOf(address provider) external view returns (string memory name, string memory endpoint) {
        Entry storage entry = _entries[provider];
        return (entry.name, entry.endpoint);
    }

    /// @inheritdoc IProviderRegistry
    function profileOf(address provider) external view returns (Profile) {
        Provider storage entry = _providers[provider];
        Standing standing = entry.standing;
        if (standing != Standing.Active) return standing == Standing.Unlisted ? Profile.Unlisted : Profile.Inactive;
        if (block.timestamp >= entry.expiresAt) return Profile.Inactive;
        return entry.kind <= Kind.Practitioner ? Profile.ActiveCaregiver : Profile.Active;
    }

    /// @inheritdoc IProviderRegistry
    function membershipOf(address organization, address member) external view returns (Membership memory) {
        return _members[organization][member];
    }

    /// @inheritdoc IProviderRegistry
    function actsFor(address member, address organization, uint8 ability) external view returns (bool) {
        return _actsFor(member, organization, ability);
    }

    /// @inheritdoc IProviderRegistry
    function empowers(address organization, address member, uint8 capability) external view returns (bool) {
        return isCapable(organization, capability) && _actsFor(member, organization, capability);
    }

    /// @inheritdoc IProviderRegistry
    function isCapable(address provider, uint8 capability) public view returns (bool) {
        Provider storage entry = _providers[provider];
        return entry.capabilities & capability != 0 && _isActive(entry);
    }

    // Internals

    /// @dev Every access pays for this path, so conditions are nested rather than joined: each joined one costs a jump.
    function _actsFor(address member, address organization, uint8 ability) private view returns (bool) {
        Provider storage entry = _providers[member];
        if (member == organization) return !entry.ownKeyOff;
        if (entry.standing != Standing.Unlisted) {
            if (!_isActive(entry)) return false;
            if (entry.ownKeyOff) return false;
        }
        Membership storage membership = _members[organization][member];
        (uint8 abilities, uint48 until) = (membership.abilities, membership.until);
        if (abilities & ability == 0) return false;
        return block.timestamp < until;
    }

    function _isActive(Provider storage entry) private view returns (bool) {
        return entry.standing == Standing.Active && block.timestamp < entry.expiresAt;
    }

    function _setCapabilities(address provider, Provider storage entry, uint8 capabilities) private {
        if (entry.capabilities == capabilities) return;
        entry.capabilities = capabilities;
        emit CapabilitiesChanged(provider, capabilities);
    }

    function _listed(address provider) private view returns (Provider storage entry) {
        entry = _providers[provider];
        require(entry.standing != Standing.Unlisted, ProviderUnknown(provider));
    }

    function _accredited(address provider) private view returns (Provider storage entry) {
        entry = _listed(provider);
        require(accreditorOf[msg.sender] == entry.accreditor, NotAccreditorOf(msg.sender, provider));
    }

    function _switchOwnKey(address organization, Provider storage entry, bool off) private {
        if (entry.ownKeyOff == off) return;
        entry.ownKeyOff = off;
        emit OwnKeySwitched(organization, off, msg.sender);
    }

    /// @dev The only place where an identifier changes hands; zero is nobody, and has none.
    function _moveIdentifier(bytes32 identifier, address from, address to) private {
        require(identifierOf[to] == 0, IdentifierExists(to, identifierOf[to]));
        delete identifierOf[from];
        if (to != address(0)) identifierOf[to] = identifier;
        providerOfIdentifier[identifier] = to;
        emit IdentifierMoved(identifier, from, to);
    }

    /// @dev A suspended provider is perhaps one whose key was stolen: it must not arrange its return.
    function _requireManager(address organization) private view {
        require(_isActive(_listed(organization)), ProviderNotActive(organization));
        require(
            _actsFor(msg.sender, organization, Ability.MANAGE),
            NotActingFor(msg.sender, organization, Ability.MANAGE)
        );
    }

    /// @dev A member passes on no more than it has: neither an ability nor a day.
    function _requireWithin(Membership storage own, uint8 abilities, uint48 until) private view {
        require(
            abilities & ~own.abilities == 0 && until <= own.until,
            BeyondOwnMembership(msg.sender, abilities, until)
        );
    }

    function _requireOrdinary(uint8 capabilities) private pure {
        require(capabilities & ~Ability.CONTRIBUTE == 0, InvalidCapabilities(capabilities));
    }

    function _requireFuture(uint48 expiresAt) private view {
        require(expiresAt > block.timestamp, InvalidExpiry(expiresAt));
    }
}
