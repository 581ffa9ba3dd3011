// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAuditLog} from "./interfaces/IAuditLog.sol";
import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {IRecordRegistry} from "./interfaces/IRecordRegistry.sol";
import {Access, AccessLib} from "./types/Access.sol";
import {Decision} from "./types/Decision.sol";
import {Ability, ANY_PROVIDER} from "./types/Provider.sol";
import {NO_RECORD, ProgrammeId, RecordId, Scope} from "./types/Scope.sol";

contract AuditLog is IAuditLog {
    /// @inheritdoc IAuditLog
    IRecordRegistry public immutable records;

    IConsentRegistry private immutable _consents;
    IProviderRegistry private immutable _providers;

    constructor(IRecordRegistry records_) {
        records = records_;
        _consents = records_.consents();
        _providers = _consents.providers();
    }

    /// @inheritdoc IAuditLog
    function accessRecord(
        RecordId record,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action,
        address onBehalfOf
    ) external returns (Decision) {
        address grantee = _granteeFor(onBehalfOf);
        (Decision decision, address holder, Scope scope, address patient, uint64 categories) = records.decideRecord(
            grantee,
            record,
            programme,
            purpose,
            action
        );
        decision = _onBehalf(grantee, decision);
        Access access = AccessLib.pack(categories, purpose, action, decision, holder == ANY_PROVIDER);
        emit Accessed(patient, grantee, record, access, programme, scope, msg.sender);
        return decision;
    }

    /// @inheritdoc IAuditLog
    function accessCategories(
        address patient,
        uint64 categories,
        ProgrammeId programme,
        uint32 purpose,
        uint8 action,
        address onBehalfOf
    ) external returns (Decision) {
        address grantee = _granteeFor(onBehalfOf);
        (Decision decision, address holder, Scope scope) = _consents.decide(
            IConsentRegistry.Request(patient, grantee, NO_RECORD, programme, purpose, categories, action)
        );
        decision = _onBehalf(grantee, decision);
        Access access = AccessLib.pack(categories, purpose, action, decision, holder == ANY_PROVIDER);
        emit Accessed(patient, grantee, NO_RECORD, access, programme, scope, msg.sender);
        return decision;
    }

    // Internals

    function _granteeFor(address onBehalfOf) private view returns (address grantee) {
        grantee = onBehalfOf == address(0) ? msg.sender : onBehalfOf;
        require(
            _providers.actsFor(msg.sender, grantee, Ability.READ),
            IProviderRegistry.NotActingFor(msg.sender, grantee, Ability.READ)
        );
    }

    /// @dev A member of an organization must not see a patient's records because the organization's key is that patient's.
    function _onBehalf(address grantee, Decision decision) private view returns (Decision) {
        return decision == Decision.PermitSelf && grantee != msg.sender ? Decision.NoConsent : decision;
    }
}
