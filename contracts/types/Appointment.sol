// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/**
 * @notice What a controller said of a representative, in one storage slot.
 * @dev From the lowest bit: since 48 (inclusive) | until 48 (exclusive), both unix seconds | issuedAt 48, the stamp, in
 * milliseconds. A word of which only the stamp is set is a dismissal; zero: never said anything.
 */
type Appointment is uint256;

using AppointmentLib for Appointment global;

/// @notice Packs, reads and compares. Pure.
library AppointmentLib {
    uint256 private constant UNTIL_AT = 48;
    uint256 private constant ISSUED_AT = 96;

    function pack(uint48 since_, uint48 until_, uint256 stamp) internal pure returns (Appointment) {
        return Appointment.wrap(uint256(since_) | (uint256(until_) << UNTIL_AT) | (stamp << ISSUED_AT));
    }

    function since(Appointment appointment) internal pure returns (uint48) {
        return uint48(Appointment.unwrap(appointment));
    }

    function until(Appointment appointment) internal pure returns (uint48) {
        return uint48(Appointment.unwrap(appointment) >> UNTIL_AT);
    }

    function issuedAt(Appointment appointment) internal pure returns (uint48) {
        return uint48(Appointment.unwrap(appointment) >> ISSUED_AT);
    }

    /// @notice Whether it is valid at `time` (unix seconds) under a controller in control since the stamp `controlSince`.
    function isLive(Appointment appointment, uint256 controlSince, uint256 time) internal pure returns (bool) {
        return issuedAt(appointment) > controlSince && time >= since(appointment) && time < until(appointment);
    }

    /// @notice Whether this word, delivered with a signature, takes the place of the other: it is newer, or as new and
    /// smaller as a number, so that a dismissal beats an appointment.
    function supersedes(Appointment appointment, Appointment other) internal pure returns (bool) {
        (uint48 stamp, uint48 otherStamp) = (issuedAt(appointment), issuedAt(other));
        if (stamp != otherStamp) return stamp > otherStamp;
        return Appointment.unwrap(appointment) < Appointment.unwrap(other);
    }

    function equals(Appointment appointment, Appointment other) internal pure returns (bool) {
        return Appointment.unwrap(appointment) == Appointment.unwrap(other);
    }
}
