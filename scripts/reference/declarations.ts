/** Declarations as one reads them: without what the compiler only runs. */
import ts from "typescript";
import { type Exported, present } from "./program.js";

const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** The declaration, with the comments on its members, without its own. */
export function declarationOf({ node, isType }: Exported, checker: ts.TypeChecker): string {
  if (ts.isClassDeclaration(node)) return classOf(node, isType);
  if (ts.isFunctionDeclaration(node)) return headOf(node);
  if (ts.isVariableDeclaration(node)) return constantOf(node, checker);
  const text = node.getText().replace(/^export /, "");
  if (!ts.isTypeAliasDeclaration(node) || !text.includes("typeof ")) return text;
  // Of what is told by the values of a list that is not exported: the values.
  const format = (ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias) as ts.TypeFormatFlags;
  return `type ${node.name.text} = ${checker.typeToString(checker.getTypeAtLocation(node), node, format)};`;
}

/** The documented members of a constant that is an object; none of anything else. */
export function membersOf(node: ts.Declaration): { name: string; node: ts.Node }[] {
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return [];
  const value = ts.isAsExpression(node.initializer) ? node.initializer.expression : node.initializer;
  if (!ts.isObjectLiteralExpression(value)) return [];
  const documented = value.properties.filter((property) => ts.getJSDocCommentsAndTags(property).length > 0);
  return documented.map((property) => ({ name: property.name?.getText() ?? "", node: property }));
}

/** A function, or a method, without its body. */
function headOf(node: ts.FunctionLikeDeclaration): string {
  const text = node.getSourceFile().text;
  const end = node.body === undefined ? node.getEnd() : node.body.getStart() - 1;
  const head = text.slice(node.getStart(), end).trim();
  return head
    .replace(/^export /, "")
    .replace(/;?$/, ";")
    .replace(/^(async )?\*?/, "");
}

function constantOf(node: ts.VariableDeclaration, checker: ts.TypeChecker): string {
  const type =
    node.type?.getText() ??
    checker.typeToString(checker.getTypeAtLocation(node), node, ts.TypeFormatFlags.NoTruncation);
  return `const ${node.name.getText()}: ${type};`;
}

/** What can't be made by whoever imports it has no constructor. */
function classOf(node: ts.ClassDeclaration, isType: boolean): string {
  const heritage = (node.heritageClauses ?? []).map((clause) => clause.getText()).join(" ");
  const members = node.members
    .filter((member) => isPublic(member) && !isBehindOverloads(member, node))
    .filter((member) => !isType || !ts.isConstructorDeclaration(member))
    .map((member) => `${docOf(member)}  ${memberOf(member)}`);
  const parameters = (node.typeParameters ?? []).map((each) => each.getText()).join(", ");
  const name = `${present(node.name, "name of a class").text}${parameters === "" ? "" : `<${parameters}>`}`;
  const head = ["class", name, heritage].filter(Boolean).join(" ");
  return `${head} {\n${members.join("\n")}\n}`;
}

function isPublic(member: ts.ClassElement): boolean {
  if ((ts.getCombinedModifierFlags(member) & HIDDEN) !== 0) return false;
  return member.name === undefined || !ts.isPrivateIdentifier(member.name);
}

/** Whether it is what runs behind several signatures of one method. */
function isBehindOverloads(member: ts.ClassElement, { members }: ts.ClassDeclaration): boolean {
  const isSame = (other: ts.ClassElement) => other !== member && other.name?.getText() === member.name?.getText();
  return ts.isMethodDeclaration(member) && member.body !== undefined && members.some(isSame);
}

function memberOf(member: ts.ClassElement): string {
  if (ts.isPropertyDeclaration(member)) {
    const { initializer } = member;
    const text =
      initializer === undefined ? member.getText() : member.getText().replace(` = ${initializer.getText()}`, "");
    return text.replace(/^override /, "").replace(/;?$/, ";");
  }
  return headOf(member as ts.FunctionLikeDeclaration);
}

function docOf(member: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc).slice(-1);
  return doc === undefined ? "" : `  ${doc.getText()}\n`;
}
