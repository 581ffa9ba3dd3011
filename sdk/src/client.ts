import { access, accessRequest } from "./audit/access.js";
import { history } from "./audit/history.js";
import { decide } from "./consents/decide.js";
import { decideMany } from "./consents/decideMany.js";
import { grant, grantRequest } from "./consents/grant.js";
import { list } from "./consents/list.js";
import { revoke, revokeRequest } from "./consents/revoke.js";
import { revokeAll, revokeAllRequest, type RevokeAllParams } from "./consents/revokeAll.js";
import type { Context } from "./context.js";
import type { Deployment } from "./deployments/types.js";
import { appointAccreditor, appointAccreditorRequest } from "./providers/appointAccreditor.js";
import { get as getProvider } from "./providers/get.js";
import { register as registerProvider, registerRequest as registerProviderRequest } from "./providers/register.js";
import { reinstate, reinstateRequest } from "./providers/reinstate.js";
import { renew, renewRequest } from "./providers/renew.js";
import { revoke as revokeProvider, revokeRequest as revokeProviderRequest } from "./providers/revoke.js";
import { setMember, setMemberRequest } from "./providers/setMember.js";
import { suspend, suspendRequest } from "./providers/suspend.js";
import { addLabels, addLabelsRequest } from "./records/addLabels.js";
import { amend, amendRequest } from "./records/amend.js";
import { verifyContent } from "./records/contentHash.js";
import { decide as decideRecord } from "./records/decide.js";
import { erase, eraseRequest } from "./records/erase.js";
import { get as getRecord } from "./records/get.js";
import { list as listRecords } from "./records/list.js";
import { register, registerRequest } from "./records/register.js";
import { registerMany, registerManyRequest } from "./records/registerMany.js";
import { newRecordId } from "./scopes/ids.js";
import { bind, bindWrite } from "./writes/action.js";

/** What `connect` returns: every action, bound to one deployment. Types and docs are those of the actions. */
export type Client = ReturnType<typeof createClient>;

/** Binds the actions to a context; all that they do is in their own files. */
export function createClient(context: Context) {
  const deployment: Deployment = context.deployment;
  return {
    chainId: deployment.chainId,
    deployment,
    consents: consentsOf(context),
    records: recordsOf(context),
    providers: providersOf(context),
    audit: auditOf(context),
  };
}

function consentsOf(context: Context) {
  return {
    grant: bindWrite(context, grant, grantRequest),
    revoke: bindWrite(context, revoke, revokeRequest),
    revokeAll: Object.assign((params?: RevokeAllParams) => revokeAll(context, params), {
      request: (params?: RevokeAllParams) => revokeAllRequest(context, params),
    }),
    decide: bind(context, decide),
    decideMany: bind(context, decideMany),
    list: bind(context, list),
  };
}

function recordsOf(context: Context) {
  return {
    newId: newRecordId,
    register: bindWrite(context, register, registerRequest),
    registerMany: bindWrite(context, registerMany, registerManyRequest),
    amend: bindWrite(context, amend, amendRequest),
    addLabels: bindWrite(context, addLabels, addLabelsRequest),
    erase: bindWrite(context, erase, eraseRequest),
    get: (record: string) => getRecord(context, record),
    list: bind(context, listRecords),
    decide: bind(context, decideRecord),
    verify: verifyContent,
  };
}

function providersOf(context: Context) {
  return {
    register: bindWrite(context, registerProvider, registerProviderRequest),
    renew: bindWrite(context, renew, renewRequest),
    suspend: bindWrite(context, suspend, suspendRequest),
    revoke: bindWrite(context, revokeProvider, revokeProviderRequest),
    reinstate: bindWrite(context, reinstate, reinstateRequest),
    appointAccreditor: bindWrite(context, appointAccreditor, appointAccreditorRequest),
    setMember: bindWrite(context, setMember, setMemberRequest),
    get: bind(context, getProvider),
  };
}

function auditOf(context: Context) {
  return {
    access: bindWrite(context, access, accessRequest),
    history: (params?: Parameters<typeof history>[1]) => history(context, params),
  };
}
