import { useTexts } from "../../texts/TextsProvider.js";

/** What the chain learns, and what it does not. */
export function Recorded() {
  const { looked } = useTexts();
  return (
    <section aria-labelledby="recorded">
      <h2 id="recorded">{looked.recordedHeading}</h2>
      <ul>
        {looked.recorded.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
