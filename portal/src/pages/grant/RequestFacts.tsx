import type { VerifiedRequest } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Actions, Categories, Purposes } from "../../ui/Codes.js";
import { Party } from "../../ui/Party.js";
import { Time, Until } from "../../ui/Time.js";
import { fewestPurposes } from "./draft.js";
import { askedEnd, askedStart, deadlineOf, named } from "./requestTimes.js";

/** Who asks, why, for what, what for, and until when. */
export function RequestFacts({ verified: { request, provider, account } }: { verified: VerifiedRequest }) {
  const { access, grant } = useTexts();
  const { request: texts } = grant;
  const { message } = request;
  const start = askedStart(message);
  const [record, programme] = [named(message.record), named(message.programme)];
  return (
    <>
      <p className="card-head">
        <strong>
          <Party address={provider.provider} />
        </strong>
        <span className="muted">{access.kinds[provider.kind]}</span>
        <span className="badge badge-good">{access.standing.active}</span>
      </p>
      <dl className="facts">
        <Fact title={texts.reason}>
          <q>{message.reason}</q>
        </Fact>
        <Fact title={access.data}>
          <Categories names={message.categories} />
        </Fact>
        {record !== undefined && <Fact title={texts.only}>{texts.onlyRecord}</Fact>}
        {programme !== undefined && <Fact title={texts.only}>{texts.onlyProgramme}</Fact>}
        <Fact title={access.purpose}>
          <Purposes names={fewestPurposes(message.purposes)} />
        </Fact>
        <Fact title={access.may}>
          <Actions names={message.actions} />
        </Fact>
        <Fact title={grant.end}>
          {start !== undefined && (
            <>
              {texts.from} <Time value={start} />,{" "}
            </>
          )}
          <Until value={askedEnd(message)} />
        </Fact>
        <Fact title={texts.answerUntil}>
          <Time value={deadlineOf(message)} />
        </Fact>
      </dl>
      <details>
        <summary>{texts.details}</summary>
        <dl className="facts">
          <Fact title={texts.provider}>
            <code>{provider.provider}</code>
          </Fact>
          {account !== provider.provider && (
            <Fact title={texts.signedBy}>
              <code>{account}</code>
            </Fact>
          )}
          {(record ?? programme) !== undefined && (
            <Fact title={texts.only}>
              <code>{record ?? programme}</code>
            </Fact>
          )}
        </dl>
      </details>
    </>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
