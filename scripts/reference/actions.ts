/** The client's actions, and the free functions behind them, which carry the longer comments and the examples. */
import { posix } from "node:path";
import ts from "typescript";
import { type Comment, commentOf } from "./comments.js";
import { present, type Sources } from "./program.js";

/** One member of the client. */
export interface Action {
  name: string;
  comment: Comment;
  /** How it is called: itself, and the ways that it has besides. */
  signatures: readonly string[];
}

/** What the client, or a path of the package for a client, offers on one subject. */
export interface Area {
  /** As in `consents`. */
  name: string;
  /** How it is come by, as in `client.consents`. */
  title: string;
  /** The folder of its sources. */
  folder: string;
  /** The interface that has the actions. */
  type: string;
  comment: Comment;
  actions: readonly Action[];
}

/** What an action has besides being called. */
const WAYS: readonly string[] = ["announce", "request", "sign"];

const FORMAT = (ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope) as ts.TypeFormatFlags;

/** Every area of the client, in its order, then those of paths of the package. */
export function areasOf(sources: Sources): Area[] {
  const own = areasOfClient(sources);
  const others = sources.exported.filter(({ name, isType }) => {
    return isType && name.endsWith("Actions") && !own.some(({ type }) => type === name);
  });
  return [
    ...own,
    ...others.map(({ name, folder, from }) => areaOf(sources, { name: folder, title: from, type: name })),
  ];
}

function areasOfClient(sources: Sources): Area[] {
  const client = present(
    sources.exported.find(({ name }) => name === "Client"),
    "Client",
  ).node as ts.InterfaceDeclaration;
  return client.members.filter(ts.isPropertySignature).flatMap((member) => {
    const type = member.type?.getText() ?? "";
    const name = member.name.getText();
    return type.endsWith("Actions") ? [areaOf(sources, { name, title: `client.${name}`, type })] : [];
  });
}

function areaOf(sources: Sources, { name, title, type }: Pick<Area, "name" | "title" | "type">): Area {
  const { folder, node } = present(
    sources.exported.find((each) => each.name === type),
    type,
  );
  const behind = functionsBehind(sources, folder);
  const actions = (node as ts.InterfaceDeclaration).members.filter(ts.isPropertySignature).map((member) => {
    const action = member.name.getText();
    const signatures = signaturesOf(sources, member, `${name}.${action}`);
    return { name: action, signatures, comment: both(commentOf(member), behind.get(action)) };
  });
  return { name, title, folder, type, comment: commentOf(node), actions };
}

/** What the function says; where it says nothing, what the member does. */
function both(member: Comment, behind: ts.Node | undefined): Comment {
  if (behind === undefined) return member;
  const { params, returns, ...told } = commentOf(behind);
  return {
    params,
    returns,
    text: told.text || member.text,
    throws: told.throws.length > 0 ? told.throws : member.throws,
    examples: told.examples.length > 0 ? told.examples : member.examples,
  };
}

function signaturesOf({ checker }: Sources, node: ts.Node, name: string): string[] {
  const type = checker.getTypeAtLocation(node);
  const told = (of: ts.Type, call: string) => {
    return of.getCallSignatures().map((each) => {
      const text = checker.signatureToString(each, node, FORMAT);
      return `${call}${text.replaceAll(/(\?: \w+) \| undefined/g, "$1")}`;
    });
  };
  const others = type.getProperties().filter(({ name: other }) => WAYS.includes(other));
  const ways = others.map((other) => told(checker.getTypeOfSymbolAtLocation(other, node), `${name}.${other.name}`));
  return [...told(type, name), ...ways.sort().flat()];
}

/** The function that each action is bound to, by the action's name. */
function functionsBehind({ file }: Sources, folder: string): Map<string, ts.Node> {
  const actions = file(`${folder}/actions.ts`);
  const imported = importsOf(actions);
  const behind = new Map<string, ts.Node>();
  for (const property of boundIn(actions)) {
    const name = property.name?.getText() ?? "";
    const words = (ts.isShorthandPropertyAssignment(property) ? name : property.getText().slice(name.length)).match(
      /\w+/g,
    );
    const found = words?.map((word) => imported.get(word)).find((each) => each !== undefined);
    const target = found && functionIn(file(posix.join(folder, found.path)), found.name);
    if (target !== undefined) behind.set(name, target);
  }
  return behind;
}

/** What the exported function of a file of actions returns, or hands on. */
function boundIn(file: ts.SourceFile): ts.ObjectLiteralElementLike[] {
  for (const statement of file.statements.filter(ts.isFunctionDeclaration)) {
    const returned = statement.body?.statements.find(ts.isReturnStatement)?.expression;
    if (returned !== undefined && ts.isObjectLiteralExpression(returned)) return [...returned.properties];
  }
  return [];
}

/** Values that a file imports, by the name that it gives them; those that bind are not told. */
function importsOf(file: ts.SourceFile): Map<string, { path: string; name: string }> {
  const imports = new Map<string, { path: string; name: string }>();
  for (const { importClause, moduleSpecifier } of file.statements.filter(ts.isImportDeclaration)) {
    const path = (moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, ".ts");
    const names = importClause?.namedBindings;
    if (names === undefined || !ts.isNamedImports(names) || path.endsWith("writes/action.ts")) continue;
    for (const { name, propertyName, isTypeOnly } of names.elements) {
      if (!isTypeOnly) imports.set(name.text, { path, name: (propertyName ?? name).text });
    }
  }
  return imports;
}

function functionIn(file: ts.SourceFile, name: string): ts.Node | undefined {
  return file.statements.filter(ts.isFunctionDeclaration).find((each) => each.name?.text === name);
}
