import { Component, type ReactNode } from "react";
import { ErrorNote } from "./ErrorNote.js";

interface State {
  readonly error: unknown;
}

/** What can't be shown is told, with a way to try again, instead of an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override readonly state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? new Error("unknown") };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <ErrorNote error={error} retry={() => this.setState({ error: undefined })} />;
  }
}
