import type { AccessRequest, RequestChanges } from "@consentry/sdk";
import { type Draft, fewestPurposes, isOneByOne, type Offer } from "./draft.js";
import { endsWithin, lastDayWithin, untilOf } from "./ends.js";
import { askedEnd } from "./requestTimes.js";

/** What can be allowed of a request: no more than it asks for. */
export function offerOf({ message }: AccessRequest): Offer {
  const { categories, purposes, actions } = message;
  const end = askedEnd(message);
  const lastDay = end instanceof Date ? lastDayWithin(end) : undefined;
  return { categories, purposes, actions, ends: endsWithin(end), lastDay };
}

/** What it asks for, but for what is only ever chosen one by one. */
export function draftOfRequest({ message }: AccessRequest): Draft {
  const { categories, purposes, actions } = message;
  return {
    categories: categories.filter((category) => !isOneByOne(category)),
    purposes: fewestPurposes(purposes),
    actions,
    end: "asked",
    date: "",
  };
}

/** What is allowed less than it asks for. */
export function changesOf(
  { message }: AccessRequest,
  { categories, purposes, actions, end, date }: Draft,
): RequestChanges {
  const asked = fewestPurposes(message.purposes);
  const isAll = purposes.length === asked.length && purposes.every((purpose) => asked.includes(purpose));
  return {
    categories,
    actions,
    ...(!isAll && { purposes }),
    ...(end !== "asked" && untilOf(end, date)),
  };
}
