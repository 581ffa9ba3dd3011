// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../ConsentRegistry.sol";

/**
 * @title A consent registry that comes after another
 * @notice It stands beside its predecessor on the same chain. No consent is taken over: a patient gives each again, by a
 * signature for this contract. What protects a patient counts without a word:
 *
 * - **Control.** Until it is settled here, whoever controls the patient in the predecessor does so here, dependents included, so
 *   that a key which a patient lost or gave up there is nobody's here. What is first written here about control or about
 *   guardians settles it: the predecessor's controller and guardians are taken over, and what becomes of them there counts no
 *   more. While a recovery is under way there, nothing can be settled.
 * - **Exclusions.** What break-glass never opens there it never opens here, until the patient sets exclusions here. They are
 *   taken over when control is settled.
 * - **Broken glass.** What was opened there and is still open keeps its end if more is opened here, and what the patient ended
 *   there can't be opened here any sooner than there.
 */
interface IConsentRegistrySuccessor {
    /// @notice From now on only this contract says who controls the patient. `controlSince`: milliseconds.
    event ControlSettled(address indexed patient, address controller, uint48 controlSince);

    /// @notice The registry that this one comes after.
    function predecessor() external view returns (ConsentRegistry);

    /// @notice Whether only this contract says who controls the patient.
    function isSettled(address patient) external view returns (bool);
}
