import { dependentOf, type ListedDependent } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession, useSessions } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { Card } from "./Card.js";
import { DependentItem } from "./DependentItem.js";
import { Listed } from "./Listed.js";
import { useDependents } from "./useControl.js";

/** Identities for children and others in the care of whoever is here. */
export function Dependents() {
  const { safety } = useTexts();
  const { dependents: texts } = safety;
  const { account } = useSession();
  const { data, error, refetch } = useDependents(account);
  return (
    <Card title={texts.heading} intro={texts.intro}>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Busy />}
      {data?.length === 0 && <p>{texts.nobody}</p>}
      <Listed
        items={data ?? []}
        keyOf={({ dependent }) => dependent}
        render={(each) => <DependentItem dependent={each} />}
      />
      <Create known={data ?? []} />
    </Card>
  );
}

function Create({ known }: { known: readonly ListedDependent[] }) {
  const { safety } = useTexts();
  const { dependents: texts } = safety;
  const { client } = useChain();
  const { account } = useSession();
  const { choosePatient } = useSessions();
  const speak = useSpeak();
  const [created, setCreated] = useState<string>();
  const create = async (): Promise<void> => {
    let dependent: string | undefined;
    const done = await speak({
      title: texts.create,
      patient: account,
      sign: async (options) => {
        const signed = await client.patients.createDependent.sign({}, options);
        dependent = dependentOf(signed.message.parent, signed.message.salt);
        return signed;
      },
      changes: <p>{texts.createChanges}</p>,
    });
    if (done !== undefined) setCreated(dependent);
  };
  const isThere = known.some(({ dependent }) => dependent === created);
  return (
    <>
      <div role="status">
        {created !== undefined && (
          <div className="notice notice-good">
            <p>{isThere ? texts.created : texts.undelivered}</p>
            {isThere && (
              <button type="button" onClick={() => choosePatient(created)}>
                {texts.show}
              </button>
            )}
          </div>
        )}
      </div>
      <div className="actions">
        <button type="button" onClick={() => void create()}>
          {texts.create}
        </button>
      </div>
    </>
  );
}
