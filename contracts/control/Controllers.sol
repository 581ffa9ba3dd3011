// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPatientControl} from "../interfaces/IPatientControl.sol";
import {Signers} from "../libraries/Signers.sol";
import {Statements} from "../libraries/Statements.sol";
import {Signed} from "../types/Signed.sol";

/// @dev Who controls a patient, and whether a signature is the controller's.
abstract contract Controllers is IPatientControl, EIP712 {
    /// @dev One slot.
    struct Control {
        /// Zero: the patient's own address.
        address controller;
        uint48 voidBefore;
        /// Every signature must be newer. Milliseconds.
        uint48 controlSince;
    }

    /// @dev How long a statement that can widen something may be under way. Milliseconds.
    uint256 private constant MAX_UNDER_WAY = 7 days * 1000;

    bytes32 private constant DEPENDENT_TAG = keccak256("consentry.Dependent");

    mapping(address patient => Control) internal _control;

    constructor() EIP712("Consentry", "1") {}

    /// @inheritdoc IPatientControl
    function createDependent(bytes32 salt) external returns (address dependent) {
        return _createDependent(msg.sender, salt);
    }

    /// @inheritdoc IPatientControl
    function createDependentBySig(
        bytes32 salt,
        uint48 deadline,
        Signed calldata signed
    ) external returns (address dependent) {
        _requireInTime(signed.issuedAt, deadline);
        _requirePast(signed.issuedAt);
        address parent = Signers.accountOf(signed.signer);
        bytes32 statement = Statements.createDependent(parent, salt, signed.issuedAt, deadline);
        _requireSignature(statement, parent, signed.signer, signed.signature);
        return _createDependent(parent, salt);
    }

    // Views

    /// @inheritdoc IPatientControl
    function controllerOf(address patient) external view returns (address controller) {
        (controller, ) = _controlOf(patient);
    }

    /// @inheritdoc IPatientControl
    function voidBeforeOf(address patient) external view returns (uint48) {
        return _control[patient].voidBefore;
    }

    /// @inheritdoc IPatientControl
    function controlSinceOf(address patient) external view returns (uint48) {
        return _controlSinceOf(patient);
    }

    /// @inheritdoc IPatientControl
    function accountOf(bytes calldata signer) external pure returns (address) {
        return Signers.accountOf(signer);
    }

    /// @inheritdoc IPatientControl
    function dependentOf(address parent, bytes32 salt) public pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(DEPENDENT_TAG, parent, salt)))));
    }

    // Internals: writing

    /// @dev The only place where control passes to another key. At most once in a block, as whoever takes it must have agreed
    /// after the change before; so `controlSince` is never ahead of the present.
    function _setController(address patient, address controller) internal returns (uint48 controlSince) {
        Control storage control = _control[patient];
        controlSince = uint48(_present());
        (control.controller, control.controlSince) = (controller, controlSince);
    }

    function _createDependent(address parent, bytes32 salt) private returns (address dependent) {
        dependent = dependentOf(parent, salt);
        (address present, ) = _controlOf(dependent);
        require(present == dependent, DependentExists(dependent));
        // Nobody controlled it before, so there is no older signature to be refused.
        _control[dependent].controller = parent;
        emit DependentCreated(dependent, parent, salt);
    }

    // Internals: who has control

    function _controlOf(address patient) internal view returns (address controller, uint256 voidBefore) {
        Control storage control = _control[patient];
        (controller, voidBefore) = (control.controller, control.voidBefore);
        if (controller == address(0)) controller = _firstControllerOf(patient);
    }

    /// @dev Who controls a patient for whom no other controller is stored.
    function _firstControllerOf(address patient) internal view virtual returns (address) {
        return patient;
    }

    function _controlSinceOf(address patient) internal view virtual returns (uint48) {
        return _control[patient].controlSince;
    }

    /// @dev Returns the patient's `controlSince`.
    function _requireController(address patient, address account) internal view returns (uint256) {
        (address controller, ) = _controlOf(patient);
        require(account == controller, NotControllerOf(patient, account));
        return _controlSinceOf(patient);
    }

    function _requireNewController(address patient, address controller) internal view {
        (address present, ) = _controlOf(patient);
        require(controller != address(0) && controller != present, InvalidController(patient, controller));
    }

    function _signingController(
        address patient,
        bytes32 statement,
        uint48 deadline,
        Signed calldata signed
    ) internal view returns (address) {
        _requireInTime(signed.issuedAt, deadline);
        return _signingController(patient, statement, signed);
    }

    function _signingController(
        address patient,
        bytes32 statement,
        Signed calldata signed
    ) internal view returns (address account) {
        _requireCurrent(patient, signed.issuedAt);
        account = Signers.accountOf(signed.signer);
        _requireController(patient, account);
        _requireSignature(statement, account, signed.signer, signed.signature);
    }

    // Internals: signatures and times

    function _requireSignature(
        bytes32 statement,
        address account,
        bytes calldata signer,
        bytes calldata signature
    ) internal view {
        require(Signers.isSigned(signer, _hashTypedDataV4(statement), signature), InvalidSignature(account));
    }

    function _requireInTime(uint48 issuedAt, uint48 deadline) internal view {
        require(uint256(deadline) * 1000 <= issuedAt + MAX_UNDER_WAY, DeadlineTooFar(issuedAt, deadline));
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
    }

    /// @dev Not from the future, and made under the present controller.
    function _requireCurrent(address patient, uint48 issuedAt) internal view {
        _requirePast(issuedAt);
        uint48 controlSince = _controlSinceOf(patient);
        require(issuedAt > controlSince, StatementVoid(issuedAt, controlSince));
    }

    function _requirePast(uint48 issuedAt) private view {
        uint256 present = _present();
        require(issuedAt < present, TooSoon(issuedAt, present - 1));
    }

    /// @dev The stamp of what is said now: the last millisecond of this block's second, so that it comes after every
    /// statement signed before. In milliseconds.
    function _present() internal view returns (uint256) {
        unchecked {
            return block.timestamp * 1000 + 999;
        }
    }

    /// @dev The stamp of a direct word about control: after the last change of control.
    function _stampOf(uint256 stored, uint256 controlSince) internal view returns (uint256) {
        return Math.max(Math.max(_present(), controlSince + 1), stored);
    }
}
