// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Who can recover control for a patient: a salted commitment, so that nobody can read who they are.
struct Guardianship {
    /// Of those in office, as `setGuardians` says; zero: nobody.
    bytes32 commitment;
    /// Of those who follow at `nextAt`.
    bytes32 next;
    /// How long a recovery by those in office waits, and how long it takes to replace them. Seconds.
    uint32 delay;
    uint32 nextDelay;
    /// Unix seconds; zero: no replacement under way.
    uint48 nextAt;
    /// The stamp of the last replacement. Milliseconds.
    uint48 issuedAt;
    /// Approvals of a recovery stamped at or before it are void. Milliseconds.
    uint48 cancelledAt;
}

/// @notice A recovery under way. One slot; all zero: none.
struct Recovery {
    /// Who is to control the patient.
    address controller;
    /// When it can be completed. Unix seconds.
    uint48 readyAt;
    /// The stamp of the approvals. Milliseconds.
    uint48 issuedAt;
}

/// @notice What a guardians' commitment was made of.
struct Guardians {
    address[] accounts;
    /// How many of them it takes.
    uint256 threshold;
    bytes32 salt;
}

using GuardianshipLib for Guardianship global;

/// @notice What a guardianship is at a time.
library GuardianshipLib {
    /// @notice Lets those who follow take office, if their time has come.
    function settle(Guardianship storage guardianship) internal {
        if (!isDue(guardianship)) return;
        (guardianship.commitment, guardianship.delay) = (guardianship.next, guardianship.nextDelay);
        dropNext(guardianship);
    }

    /// @notice Those in office stay.
    function dropNext(Guardianship storage guardianship) internal {
        (guardianship.next, guardianship.nextDelay, guardianship.nextAt) = (0, 0, 0);
    }

    function isDue(Guardianship storage guardianship) internal view returns (bool) {
        return guardianship.nextAt != 0 && block.timestamp >= guardianship.nextAt;
    }

    /// @notice Whether exactly these were named last.
    function isLast(Guardianship storage guardianship, bytes32 commitment, uint32 delay) internal view returns (bool) {
        if (guardianship.nextAt == 0) return guardianship.commitment == commitment && guardianship.delay == delay;
        return guardianship.next == commitment && guardianship.nextDelay == delay;
    }
}
