import ts from "typescript";

/** A doc comment, taken apart. */
export interface Comment {
  /** What it says before its tags. */
  text: string;
  params: readonly { name: string; text: string }[];
  returns: string;
  throws: readonly string[];
  examples: readonly string[];
}

/** The doc comment of a declaration; empty if it has none. */
export function commentOf(node: ts.Node): Comment {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).slice(-1);
  const tags = doc?.tags ?? [];
  const parameters = tags.filter((tag) => ts.isJSDocParameterTag(tag)) as ts.JSDocParameterTag[];
  const texts = (...names: string[]) => tags.filter(({ tagName }) => names.includes(tagName.text)).map(textOf);
  return {
    text: doc === undefined ? "" : textOf(doc),
    params: parameters.map((tag) => ({ name: tag.name.getText(), text: textOf(tag) })),
    returns: texts("returns").join(" "),
    throws: texts("throws"),
    examples: texts("example"),
  };
}

function textOf({ comment }: ts.JSDoc | ts.JSDocTag): string {
  return ts.getTextOfJSDocComment(comment)?.trim() ?? "";
}

/** Names of error classes in what a comment says about errors. */
export function errorsIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(/\b[A-Z]\w+Error\b/g) ?? []);
}
