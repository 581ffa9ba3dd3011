// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Appointment, AppointmentLib} from "../../contracts/types/Appointment.sol";

/// @notice Proven for every word: `Appointment` is packed as its documentation says, and of two words one is the last.
contract AppointmentProof {
    function proveEveryFieldIsReadBack(uint48 since, uint48 until, uint48 issuedAt) external pure {
        Appointment appointment = AppointmentLib.pack(since, until, issuedAt);
        assert(appointment.since() == since);
        assert(appointment.until() == until);
        assert(appointment.issuedAt() == issuedAt);
    }

    function proveADismissalIsNeverLive(uint48 issuedAt, uint48 controlSince, uint48 time) external pure {
        assert(!AppointmentLib.pack(0, 0, issuedAt).isLive(controlSince, time));
    }

    function proveLiveMeansAppointedUnderThisControlAndInTime(
        uint48 since,
        uint48 until,
        uint48 issuedAt,
        uint48 controlSince,
        uint48 time
    ) external pure {
        bool expected = issuedAt > controlSince && since <= time && time < until;
        assert(AppointmentLib.pack(since, until, issuedAt).isLive(controlSince, time) == expected);
    }

    function proveOfTwoWordsExactlyOneIsTheLast(Appointment word, Appointment other) external pure {
        assert(!(word.supersedes(other) && other.supersedes(word)));
        assert(word.supersedes(other) || other.supersedes(word) || word.equals(other));
        if (word.issuedAt() > other.issuedAt()) assert(word.supersedes(other));
    }

    function proveADismissalBeatsAnAppointmentOfItsTime(uint48 since, uint48 until, uint48 issuedAt) external pure {
        Appointment appointment = AppointmentLib.pack(since, until, issuedAt);
        if (until != 0) assert(AppointmentLib.pack(0, 0, issuedAt).supersedes(appointment));
    }
}
