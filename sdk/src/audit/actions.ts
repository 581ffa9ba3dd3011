import type { Context } from "../context.js";
import type { Pages } from "../logs/pages.js";
import type { PageOptions } from "../logs/readPages.js";
import type { Watch, WatchOptions } from "../logs/watch.js";
import { bindWrite, type Write } from "../writes/action.js";
import { access, type AccessParams, accessRequest, type AccessResult } from "./access.js";
import { accountingOfDisclosures, type AccountingOptions, type Disclosure } from "./accountingOfDisclosures.js";
import { history, type HistoryEntry, type HistoryParams } from "./history.js";
import { watch as watchAccesses } from "./watch.js";

/** `client.audit`: who asked for what, and what the answer was. */
export interface AuditActions {
  /**
   * Decides and logs in one transaction: release data only after it, and only if the result is `permitted`.
   *
   * @throws NotActingForError, InvalidRecordIdError, UnknownCodeError, NoSignerError
   */
  access: Write<AccessParams, AccessResult>;
  /**
   * Reads the accesses, permitted and refused, with their times, page by page; `await` reads them as a whole.
   *
   * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError, ReorganisedError
   */
  history: (params?: HistoryParams, options?: PageOptions) => Pages<HistoryEntry>;
  /**
   * Watches who asks for what, as it happens: each access once, permitted or refused.
   *
   * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError at once; ReorganisedError, WrongChainError
   */
  watch: (params?: HistoryParams, options?: WatchOptions) => Watch<HistoryEntry>;
  /**
   * Reads who was given access to a patient's data in the last years, six if left out, after 45 CFR 164.528.
   *
   * @throws InvalidAddressError, InvalidParameterError, ReorganisedError
   */
  accountingOfDisclosures: (patient: string, options?: AccountingOptions) => Pages<Disclosure>;
}

/** The actions of `client.audit`, bound to a context. */
export function auditOf(context: Context): AuditActions {
  return {
    access: bindWrite(context, access, accessRequest),
    history: (...args) => history(context, ...args),
    watch: (...args) => watchAccesses(context, ...args),
    accountingOfDisclosures: (...args) => accountingOfDisclosures(context, ...args),
  };
}
