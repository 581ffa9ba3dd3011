import { useTexts } from "../../../texts/TextsProvider.js";

interface ColumnPagesProps {
  first: number;
  count: number;
  of: number;
  choose: (first: number) => void;
}

/** Which providers are side by side, where they are more than fit. */
export function ColumnPages({ first, count, of, choose }: ColumnPagesProps) {
  const { access } = useTexts();
  if (of <= count) return null;
  return (
    <nav className="actions" aria-label={access.matrix.pages}>
      <button type="button" disabled={first === 0} onClick={() => choose(Math.max(0, first - count))}>
        {access.matrix.previous}
      </button>
      <span className="matrix-page" role="status">
        {access.matrix.range(first + 1, Math.min(first + count, of), of)}
      </span>
      <button type="button" disabled={first + count >= of} onClick={() => choose(first + count)}>
        {access.matrix.next}
      </button>
    </nav>
  );
}
