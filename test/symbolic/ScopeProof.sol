// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Codes} from "../../contracts/libraries/Codes.sol";
import {EMERGENCY, GENERAL, NO_SCOPE, ProgrammeId, RecordId, Scope, ScopeLib} from "../../contracts/types/Scope.sol";
import {VM} from "./Cheats.sol";

/// @notice Proven for every id and purpose: a scope of one kind never passes for another.
contract ScopeProof {
    function proveScopesOfDifferentKindsNeverMeet(RecordId record, ProgrammeId programme, uint32 root) external pure {
        VM.assume(record.isWellFormed() && programme.isWellFormed());
        Scope[6] memory scopes = [
            NO_SCOPE,
            GENERAL,
            EMERGENCY,
            ScopeLib.ofFamily(root),
            record.toScope(),
            programme.toScope()
        ];
        for (uint256 i = 0; i < scopes.length; ++i) {
            for (uint256 j = 0; j < i; ++j) assert(!scopes[i].equals(scopes[j]));
        }
    }

    function proveKindsAreAsDocumented(RecordId record, ProgrammeId programme, uint32 root) external pure {
        VM.assume(record.isWellFormed() && programme.isWellFormed());
        assert(GENERAL.kind() == 0x01);
        assert(ScopeLib.ofFamily(root).kind() == 0x02);
        assert(record.toScope().kind() == 0x03);
        assert(programme.toScope().kind() == 0x04);
        assert(EMERGENCY.kind() == 0x05);
    }

    function proveFamiliesHaveScopesOfTheirOwn(uint32 one, uint32 other) external pure {
        assert(ScopeLib.ofFamily(one).equals(ScopeLib.ofFamily(other)) == (one == other));
    }

    function proveOnlyTheScopeOfAFamilyHasMembers(Scope scope) external pure {
        uint32 root = uint32(uint256(Scope.unwrap(scope)));
        bool isFamily = Scope.unwrap(scope) == bytes32((uint256(2) << 248) | root);
        assert(scope.familyMembers() == (isFamily ? Codes.membersOf(root) : 0));
    }

    function proveAPurposeIsAMemberOfItsFamilyOnly(uint32 purpose, uint32 root) external pure {
        VM.assume(purpose != 0 && purpose & (purpose - 1) == 0);
        VM.assume(Codes.membersOf(root) & purpose != 0);
        assert(Codes.familyOf(purpose) == root);
    }

    function proveARecordNamesItsCustodian(address custodian, uint88 random) external pure {
        RecordId record = RecordId.wrap(bytes32(abi.encodePacked(uint8(3), custodian, random)));
        assert(record.custodian() == custodian);
        assert(record.isWellFormed() == (custodian != address(0)));
        assert(record.toScope().asRecord().custodian() == custodian);
    }

    function proveAProgrammeNamesSomething(bytes32 id) external pure {
        bool expected = id[0] == 0x04 && uint248(uint256(id)) != 0;
        assert(ProgrammeId.wrap(id).isWellFormed() == expected);
    }

    function proveAnIdIsItsScope(bytes32 id) external pure {
        assert(Scope.unwrap(RecordId.wrap(id).toScope()) == id);
        assert(Scope.unwrap(ProgrammeId.wrap(id).toScope()) == id);
        assert(RecordId.unwrap(Scope.wrap(id).asRecord()) == id);
        assert(ProgrammeId.unwrap(Scope.wrap(id).asProgramme()) == id);
    }

    function proveIdsAreOfOneKind(bytes32 id) external pure {
        assert(!(RecordId.wrap(id).isWellFormed() && ProgrammeId.wrap(id).isWellFormed()));
        if (RecordId.wrap(id).isWellFormed()) assert(!RecordId.wrap(id).isNone());
        if (ProgrammeId.wrap(id).isWellFormed()) assert(!ProgrammeId.wrap(id).isNone());
    }
}
