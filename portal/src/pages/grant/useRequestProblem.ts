import { ConsentryError, RequestNotOpenError } from "@consentry/sdk";
import { useLanguage, useTexts } from "../../texts/TextsProvider.js";
import { momentText } from "../../ui/dates.js";

/** Milliseconds. */
const LAG = 300_000;

/** What is wrong with a request itself, in one sentence; undefined if the error is about something else. */
export function useRequestProblem(): (error: unknown) => string | undefined {
  const { grant } = useTexts();
  const { language } = useLanguage();
  const { problems, expired, notYet } = grant.request;
  return (error) => {
    if (error instanceof RequestNotOpenError) {
      const { deadline, issuedAt } = error;
      // What counts is the chain's time, which may be a little ahead of this device's.
      const isEarly = issuedAt.getTime() > Date.now() + LAG;
      return isEarly ? notYet(momentText(issuedAt, language)) : expired(momentText(deadline, language));
    }
    const code = error instanceof ConsentryError ? error.code : "";
    return Object.hasOwn(problems, code) ? problems[code] : undefined;
  };
}
