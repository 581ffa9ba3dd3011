/** The pages of the reference as Markdown. */
import ts from "typescript";
import type { Action } from "./actions.js";
import { type Comment, commentOf } from "./comments.js";
import { declarationOf, membersOf } from "./declarations.js";
import type { Page } from "./pages.js";
import type { Exported, Sources } from "./program.js";

/** Where something is told: a page and its heading there. */
type Places = ReadonlyMap<string, { page: string; anchor: string }>;

const NOTE = "<!-- Written by `npm run docs` from the comments in sdk/src: do not edit. -->";

/** Every file of the reference, by its name. */
export function renderPages(pages: readonly Page[], { checker }: Sources): Map<string, string> {
  const places = placesOf(pages);
  const files = pages.map((page) => [`${page.name}.md`, new Renderer(page.name, places, checker).page(page)] as const);
  return new Map([["README.md", index(pages)], ...files]);
}

function placesOf(pages: readonly Page[]): Places {
  const of = (page: string) => (name: string, heading: string) => [name, { page, anchor: slug(heading) }] as const;
  return new Map(
    pages.flatMap(({ name: page, area, exported }) => {
      const place = of(page);
      const own = exported.map(({ name }) => (isError(name) ? errorPlace(name) : place(name, name)));
      return area === undefined ? own : [place(area.type, area.title), ...own];
    }),
  );
}

/** Errors are told on the page of all errors; but for their roots. */
function errorPlace(name: string): readonly [string, { page: string; anchor: string }] {
  return [name, { page: "../errors", anchor: name.replace(/Error$/, "").toLowerCase() }];
}

/** Whether docs/errors.md tells of it. */
export function isError(name: string): boolean {
  return name.endsWith("Error") && name !== "ConsentryError" && name !== "ContractError";
}

/** The anchor of a heading, as GitHub makes it. */
export function slug(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\w-]/g, "");
}

function index(pages: readonly Page[]): string {
  const intro =
    "What `@consentry/sdk` exports, from the comments in its sources. New here? Start with the [guide](../guide.md). " +
    "Every action of the client throws a `ConsentryError` when it fails, besides what it names also those of the node: " +
    "[NetworkError](../errors.md#network), [TimeoutError](../errors.md#timeout), [RpcError](../errors.md#rpc). " +
    "Nothing is permitted then.";
  const rows = pages.map(({ name, summary, area, exported }) => {
    const names =
      area === undefined
        ? exported.filter(({ isType }) => !isType).map((each) => each.name)
        : area.actions.map((each) => each.name);
    const shown = name === "errors" ? "" : names.map((each) => `\`${each}\``).join(", ");
    return `- [${name}](${name}.md): ${[firstSentence(summary), shown].filter(Boolean).join(" ")}`;
  });
  return ["# API reference", NOTE, intro, rows.join("\n")].join("\n\n");
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.)\s/)[0]?.replaceAll("\n", " ") ?? "";
}

/** Writes one page. */
class Renderer {
  readonly #page: string;
  readonly #places: Places;
  readonly #checker: ts.TypeChecker;

  constructor(page: string, places: Places, checker: ts.TypeChecker) {
    this.#page = page;
    this.#places = places;
    this.#checker = checker;
  }

  page({ name, summary, area, exported }: Page): string {
    const parts = [`# ${area?.title ?? name}`, NOTE, this.#prose(summary)];
    if (area !== undefined) parts.push(...area.actions.map((action) => this.#action(area.name, action)));
    const values = exported.filter((each) => !each.isType && !isError(each.name));
    const errors = exported.filter(({ name: each }) => isError(each));
    const types = exported.filter((each) => each.isType);
    if (values.length > 0)
      parts.push("## Functions, classes, constants", ...values.map((each) => this.#exported(each)));
    if (types.length > 0) parts.push("## Types", ...types.map((each) => this.#exported(each)));
    if (errors.length > 0) parts.push("## Classes", this.#errors(errors));
    return parts.join("\n\n");
  }

  #action(area: string, { name, comment, signatures }: Action): string {
    const calls = ["```ts", ...signatures.map((each) => `${each};`), "```"].join("\n");
    return [
      `## ${area}.${name}`,
      this.#prose(comment.text),
      calls,
      ...this.#details(comment, signatures.join("\n")),
    ].join("\n\n");
  }

  #exported(exported: Exported): string {
    const { name, from, isType, node } = exported;
    const comment = commentOf(ts.isVariableDeclaration(node) ? node.parent.parent : node);
    const declaration = declarationOf(exported, this.#checker);
    const source = isType ? [] : [`\`import { ${name} } from "${from}";\``];
    const code = ["```ts", declaration, "```"].join("\n");
    const parts = [
      `### ${name}`,
      this.#prose(comment.text),
      ...source,
      code,
      ...this.#details(comment, declaration, name),
    ];
    return [...parts, ...membersOf(node).flatMap((member) => this.#member(name, member.name, member.node))].join(
      "\n\n",
    );
  }

  #member(owner: string, name: string, node: ts.Node): string[] {
    const comment = commentOf(node);
    return [`#### ${owner}.${name}`, this.#prose(comment.text), ...this.#details(comment, "")];
  }

  /** Parameters, result, errors, types and examples. */
  #details({ params, returns, throws, examples }: Comment, code: string, own = ""): string[] {
    const lines = params.map(({ name, text }) => `- \`${name}\`: ${this.#prose(text)}`);
    if (returns !== "") lines.push(`- Returns ${this.#prose(returns)}`);
    if (throws.length > 0) lines.push(`- Throws ${throws.map((text) => this.#names(this.#prose(text))).join("; ")}`);
    const types = this.#typesIn(code, own);
    if (types.length > 0) lines.push(`- See ${types.join(", ")}`);
    return [lines.join("\n"), ...examples.map((text) => `\`\`\`ts\n${text}\n\`\`\``)].filter((part) => part !== "");
  }

  #errors(errors: readonly Exported[]): string {
    const rows = errors.map(({ name, node }) => {
      return `- ${this.#link(name)}: ${this.#prose(commentOf(node).text) || "of a contract, its arguments in `args`"}`;
    });
    return rows.sort().join("\n");
  }

  #typesIn(code: string, own: string): string[] {
    const names = new Set(code.replaceAll(/\/\*\*.*?\*\/|"[^"]*"/gs, "").match(/\b[A-Z]\w+/g));
    names.delete(own);
    return [...names].filter((name) => this.#places.has(name)).map((name) => this.#link(name));
  }

  /** Lines joined to paragraphs, links resolved. */
  #prose(text: string): string {
    const joined = text.replaceAll(/\n(?!\n|[-*\d])(?<!\n\n)/g, " ");
    return joined.replaceAll(/\{@link (\w+)\}/g, (_, name: string) => this.#link(name));
  }

  /** Links every class of errors that a text names. */
  #names(text: string): string {
    return text.replaceAll(/(?<!\[)\b[A-Z]\w+Error\b/g, (name) => this.#link(name));
  }

  #link(name: string): string {
    const place = this.#places.get(name);
    if (place === undefined) return `\`${name}\``;
    return `[${name}](${place.page === this.#page ? "" : `${place.page}.md`}#${place.anchor})`;
  }
}
