// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IAuditLog} from "./interfaces/IAuditLog.sol";
import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IProviderRegistry} from "./interfaces/IProviderRegistry.sol";
import {IRecordRegistry} from "./interfaces/IRecordRegistry.sol";
import {Access, AccessLib} from "./types/Access.sol";
import {Batch, BatchLib} from "./types/Batch.sol";
import {Decision} from "./types/Decision.sol";
import {Ability, ANY_PROVIDER} from "./types/Provider.sol";
import {NO_RECORD, ProgrammeId, RecordId, Scope} from "./types/Scope.sol";
import {Verdict} from "./types/Verdict.sol";

contract AuditLog is IAuditLog, AccessManaged {
    /// @inheritdoc IAuditLog
    IRecordRegistry public immutable records;

    IConsentRegistry private immutable _consents;
    IProviderRegistry private immutable _providers;

    /// @inheritdoc IAuditLog
    mapping(address custodian => mapping(Batch => bytes32 root)) public batchRootOf;

    mapping(address custodian => Tail) private _tails;

    constructor(IRecordRegistry records_) AccessManaged(_authorityOver(records_)) {
        records = records_;
        _consents = records_.consents();
        _providers = _consents.providers();
    }

    // Accesses, one by one

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
        // Read back from memory where that spares a deep stack.
        IConsentRegistry.Request memory request = IConsentRegistry.Request({
            patient: patient,
            grantee: _granteeFor(onBehalfOf),
            record: NO_RECORD,
            programme: programme,
            purpose: purpose,
            categories: categories,
            action: action
        });
        (Decision decision, address holder, Scope scope) = _consents.decide(request);
        decision = _onBehalf(request.grantee, decision);
        Access access = AccessLib.pack(categories, purpose, action, decision, holder == ANY_PROVIDER);
        emit Accessed(request.patient, request.grantee, NO_RECORD, access, request.programme, scope, msg.sender);
        return decision;
    }

    // Entries in batches

    /// @inheritdoc IAuditLog
    function anchor(address custodian, uint64 firstEntry, uint32 count, bytes32 root) external {
        _requireActsFor(custodian, Ability.AUDIT);
        require(count != 0 && root != 0, InvalidBatch(count, root));
        uint64 nextEntry = _tails[custodian].nextEntry;
        require(firstEntry == nextEntry, NotNextEntry(custodian, firstEntry, nextEntry));
        Batch batch = BatchLib.pack(firstEntry, count);
        _tails[custodian] = Tail(firstEntry + count, uint48(block.timestamp));
        batchRootOf[custodian][batch] = root;
        emit Anchored(custodian, batch, root, msg.sender);
    }

    // Reviews

    /// @inheritdoc IAuditLog
    function review(bytes32 subject, Verdict verdict, bytes32 noteHash) external restricted {
        require(subject != 0 && verdict != Verdict.None, InvalidReview(subject, verdict));
        emit Reviewed(subject, verdict, noteHash, msg.sender);
    }

    // Views

    /// @inheritdoc IAuditLog
    function tailOf(address custodian) external view returns (Tail memory) {
        return _tails[custodian];
    }

    /// @inheritdoc IAuditLog
    function verify(
        address custodian,
        Batch batch,
        uint64 index,
        bytes32 entryHash,
        bytes32[] calldata proof
    ) external view returns (bool) {
        if (!batch.contains(index)) return false;
        // Hashed twice, as no inner node is, so that none passes for an entry.
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(custodian, index, entryHash))));
        // No hash is zero, so what was never anchored proves nothing.
        return MerkleProof.verifyCalldata(proof, batchRootOf[custodian][batch], leaf);
    }

    // Internals

    function _granteeFor(address onBehalfOf) private view returns (address grantee) {
        grantee = onBehalfOf;
        if (grantee == address(0)) grantee = msg.sender;
        _requireActsFor(grantee, Ability.READ);
    }

    function _requireActsFor(address organization, uint8 ability) private view {
        require(
            _providers.actsFor(msg.sender, organization, ability),
            IProviderRegistry.NotActingFor(msg.sender, organization, ability)
        );
    }

    /// @dev A member of an organization must not see a patient's records because the organization's key is that patient's.
    function _onBehalf(address grantee, Decision decision) private view returns (Decision) {
        if (decision != Decision.PermitSelf) return decision;
        return grantee == msg.sender ? decision : Decision.NoConsent;
    }

    /// @dev The directory's own, so that nothing more need be passed. Later each is moved for itself (`updateAuthority`).
    function _authorityOver(IRecordRegistry records_) private view returns (address) {
        return IAccessManaged(address(records_.consents().providers())).authority();
    }
}
