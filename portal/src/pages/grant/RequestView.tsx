import { useQuery } from "@tanstack/react-query";
import { useChain } from "../../chain/ChainProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { useNameOf } from "../../ui/Party.js";
import { OfPatient } from "./OfPatient.js";
import { readRequest } from "./readRequest.js";
import { RequestAnswer } from "./RequestAnswer.js";
import { RequestFacts } from "./RequestFacts.js";
import { RequestProblem } from "./RequestProblem.js";

interface RequestViewProps {
  /** A link, or the request itself, as it came. */
  text: string;
  onAllowed: (grantee: string) => void;
  forget: () => void;
}

/** A provider's request: it is shown only if it is what it says to be. */
export function RequestView({ text, onAllowed, forget }: RequestViewProps) {
  const { grant } = useTexts();
  const { client } = useChain();
  const nameOf = useNameOf();
  const { data, error, refetch } = useQuery({
    queryKey: ["request", text],
    queryFn: () => client.requests.verify(readRequest(client, text)),
    staleTime: 0,
    gcTime: 0,
  });
  if (error !== null) return <RequestProblem error={error} forget={forget} retry={() => void refetch()} />;
  if (data === undefined) return <Busy what={grant.request.verifying} />;
  const { request, provider } = data;
  return (
    <article className="card" aria-labelledby="request">
      <h2 id="request">{grant.request.heading(nameOf(provider.provider))}</h2>
      <RequestFacts verified={data} />
      <OfPatient request={request} forget={forget}>
        <RequestAnswer
          request={request}
          again={async () => (await client.requests.verify(request)).request}
          onAllowed={() => onAllowed(provider.provider)}
          forget={forget}
        />
      </OfPatient>
    </article>
  );
}
