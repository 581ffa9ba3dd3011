import { ChainProvider } from "../chain/ChainProvider.js";
import { ConnectPage } from "../pages/connect/ConnectPage.js";
import { OutboxProvider } from "../relay/OutboxProvider.js";
import { SessionProvider, useSessions } from "../session/SessionProvider.js";
import { SpeakProvider } from "../sign/SpeakProvider.js";
import { TextsProvider } from "../texts/TextsProvider.js";
import { Busy } from "../ui/Busy.js";
import { ErrorBoundary } from "../ui/ErrorBoundary.js";
import { keepRequestOfLink } from "./requestLink.js";
import { Footer } from "./Footer.js";
import { Shell } from "./Shell.js";

keepRequestOfLink();

/** The patient's page. */
export function App() {
  return (
    <TextsProvider>
      <ErrorBoundary>
        <ChainProvider>
          <SessionProvider>
            <OutboxProvider>
              <Content />
            </OutboxProvider>
          </SessionProvider>
        </ChainProvider>
      </ErrorBoundary>
      <Footer />
    </TextsProvider>
  );
}

function Content() {
  const { session } = useSessions();
  if (session === undefined) return <Busy />;
  if (session === null) return <ConnectPage />;
  return (
    <SpeakProvider key={`${session.account}/${session.patient}`}>
      <Shell />
    </SpeakProvider>
  );
}
