// SPDX-License-Identifier: MIT
// Generated from codes.json by `npm run codes`: do not edit.
pragma solidity 0.8.37;

/// @title Codes
/// @notice The bits that terms and requests are made of: categories of data, purposes of use and actions.
/// @dev The meaning of every single bit, with its HL7 codes, stands in codes.json.
library Codes {
    /// @dev Every defined category: kinds of data and sensitivity.
    uint64 internal constant CATEGORIES = 0xefffffffbfffffff;

    /// @dev Every defined kind of data (bits 0-31).
    uint64 internal constant KINDS = 0x00000000bfffffff;

    /// @dev Every defined purpose, break-glass included.
    uint32 internal constant PURPOSES = 0x9fffffff;

    /// @dev Break-glass; in no family.
    uint32 internal constant BTG = 0x80000000;

    /// @dev Purposes that must be named: no parent and no absent purpose covers them.
    uint32 internal constant EXPLICIT_ONLY = 0x9021f030;

    /// @dev Treatment, payment and operations without the explicit-only ones: a custodian's own work.
    uint32 internal constant CUSTODIAN_PURPOSES = 0x00000fcf;

    /// @dev Every defined action.
    uint8 internal constant ACTIONS = 0x1f;

    /// @dev Collect: record and add data about you.
    uint8 internal constant COLLECT = 0x01;

    /// @dev See: look at your data.
    uint8 internal constant ACCESS = 0x02;

    /// @dev Use: work with your data.
    uint8 internal constant USE = 0x04;

    /// @dev Pass on: give your data to somebody else.
    uint8 internal constant DISCLOSE = 0x08;

    /// @dev Correct: change your data where it is wrong.
    uint8 internal constant CORRECT = 0x10;

    /// @dev To treat you.
    uint32 internal constant TREAT = 0x00000001;

    /// @dev The family of TREAT: TREAT, ETREAT, COC, TREATDS, CLINTRL, POPHLTH.
    uint32 internal constant TREAT_FAMILY = 0x0000003f;

    /// @dev To pay for your care.
    uint32 internal constant HPAYMT = 0x00000040;

    /// @dev The family of HPAYMT: HPAYMT, COVAUTH, COVERAGE.
    uint32 internal constant HPAYMT_FAMILY = 0x000001c0;

    /// @dev To run the hospital or practice.
    uint32 internal constant HOPERAT = 0x00000200;

    /// @dev The family of HOPERAT: HOPERAT, CAREMGT, HQUALIMP, MLTRAINING, SYSDEV, HLEGAL, GOV, MILCDM.
    uint32 internal constant HOPERAT_FAMILY = 0x0001fe00;

    /// @dev For health research.
    uint32 internal constant HRESCH = 0x00020000;

    /// @dev The family of HRESCH: HRESCH, BIORCH, CLINTRCH, DSRCH, POARCH.
    uint32 internal constant HRESCH_FAMILY = 0x003e0000;

    /// @dev Because you asked for it.
    uint32 internal constant PATRQT = 0x00400000;

    /// @dev The family of PATRQT: PATRQT, FAMRQT, PWATRNY.
    uint32 internal constant PATRQT_FAMILY = 0x01c00000;

    /// @dev To protect public health, as with infectious diseases.
    uint32 internal constant PUBHLTH = 0x02000000;

    /// @dev The family of PUBHLTH: PUBHLTH, DISASTER, THREAT.
    uint32 internal constant PUBHLTH_FAMILY = 0x0e000000;

    /// @dev To advertise health products and services to you.
    uint32 internal constant HMARKT = 0x10000000;

    /// @dev The family of HMARKT: HMARKT.
    uint32 internal constant HMARKT_FAMILY = 0x10000000;

    /// @dev The root of a purpose's family.
    /// @param purpose exactly one bit
    /// @return root the bit of the root, 0 if the purpose is in no family (break-glass, an undefined bit)
    function familyOf(uint32 purpose) internal pure returns (uint32 root) {
        if ((purpose & TREAT_FAMILY) != 0) return TREAT;
        if ((purpose & HPAYMT_FAMILY) != 0) return HPAYMT;
        if ((purpose & HOPERAT_FAMILY) != 0) return HOPERAT;
        if ((purpose & HRESCH_FAMILY) != 0) return HRESCH;
        if ((purpose & PATRQT_FAMILY) != 0) return PATRQT;
        if ((purpose & PUBHLTH_FAMILY) != 0) return PUBHLTH;
        if ((purpose & HMARKT_FAMILY) != 0) return HMARKT;
    }

    /// @dev All purposes of a family, the explicit-only ones included.
    /// @param root the bit of the family's root
    /// @return mask the family's members, 0 if `root` is not the root of a family
    function membersOf(uint32 root) internal pure returns (uint32 mask) {
        if (root == TREAT) return TREAT_FAMILY;
        if (root == HPAYMT) return HPAYMT_FAMILY;
        if (root == HOPERAT) return HOPERAT_FAMILY;
        if (root == HRESCH) return HRESCH_FAMILY;
        if (root == PATRQT) return PATRQT_FAMILY;
        if (root == PUBHLTH) return PUBHLTH_FAMILY;
        if (root == HMARKT) return HMARKT_FAMILY;
    }
}
