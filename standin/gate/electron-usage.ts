import path from 'node:path';
import { API, type Checker, type Project, type Symbol, type Type } from 'typescript/unstable/sync';
import type { Expression, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isImportSpecifier,
  isNewExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
} from 'typescript/unstable/ast/is';

/** One use of Electron's API in the product, named by the declaration in electron.d.ts it resolves to. */
export interface ElectronUse {
  kind: 'module' | 'member' | 'event';
  /** The interface, class or options type: `App`, `BrowserWindowConstructorOptions`. */
  owner: string;
  name: string;
  /** `file:line`, relative to the project. */
  where: string;
}

const declarations = 'electron.d.ts';
const listenerMethods = new Set(['on', 'once', 'addListener', 'prependListener']);

/** Parents that are no API object: the namespace itself, and anonymous types such as the event object's. */
const ownerless = new Set(['', 'Electron', '__type']);

const isElectrons = (symbol: Symbol | undefined): symbol is Symbol =>
  symbol?.declarations.some(({ path: file }) => file.endsWith(`/${declarations}`)) ?? false;

/**
 * Every Electron module, member, option, result field and event that the given files use, found by the type
 * checker: renamed imports, destructuring and values passed around are resolved, not guessed.
 *
 * @param configFile Absolute path of the tsconfig that holds the files.
 * @param folders Folders whose non-test files are read, relative to the config.
 */
export function electronUsage(configFile: string, folders: readonly string[]): ElectronUse[] {
  const root = path.dirname(configFile);
  const api = new API({ cwd: root });
  try {
    const project = api.updateSnapshot({ openProjects: [configFile] }).getProject(configFile)!;
    const inside = (file: string): boolean =>
      folders.some((folder) => file.startsWith(`${path.join(root, folder)}/`)) && !file.endsWith('.test.ts');
    return project.program
      .getSourceFileNames()
      .filter(inside)
      .flatMap((file) => new FileReader(project, project.program.getSourceFile(file)!, root).read());
  } finally {
    api.close();
  }
}

class FileReader {
  readonly #project: Project;
  readonly #checker: Checker;
  readonly #file: SourceFile;
  readonly #root: string;
  readonly #uses: ElectronUse[] = [];
  readonly #members: Node[] = [];

  constructor(project: Project, file: SourceFile, root: string) {
    this.#project = project;
    this.#checker = project.checker;
    this.#file = file;
    this.#root = root;
  }

  read(): ElectronUse[] {
    this.#visit(this.#file);
    // One question for all names of the file: each costs a trip to the compiler's process.
    const symbols = this.#checker.getSymbolAtLocation(this.#members);
    for (const [index, name] of this.#members.entries()) this.#recordSymbol(symbols[index], name);
    return this.#uses;
  }

  #visit(node: Node): void {
    if (isPropertyAccessExpression(node)) this.#member(node.name);
    else if (isImportSpecifier(node)) this.#import(node);
    else if (isNewExpression(node) && isIdentifier(node.expression)) this.#member(node.expression);
    else if (isObjectLiteralExpression(node)) this.#literal(node);
    else if (isObjectBindingPattern(node)) this.#pattern(node);
    if (isCallExpression(node)) this.#listener(node.expression, node.arguments[0]);
    if (isCallExpression(node) || isNewExpression(node))
      for (const argument of node.arguments ?? []) this.#handedOver(argument);
    if (isPropertyAssignment(node)) this.#handedOver(node.initializer);
    if (isShorthandPropertyAssignment(node) && isIdentifier(node.name)) this.#handedOver(node.name);
    node.forEachChild((child) => this.#visit(child));
  }

  #record(kind: ElectronUse['kind'], owner: string, name: string, node: Node): void {
    const before = this.#file.text.slice(0, node.getStart(this.#file));
    const line = before.split('\n').length;
    const where = `${path.relative(this.#root, this.#file.fileName)}:${line}`;
    this.#uses.push({ kind, owner, name, where });
  }

  #recordSymbol(symbol: Symbol | undefined, node: Node): void {
    if (!isElectrons(symbol)) return;
    const owner = symbol.getParent()?.name ?? '';
    if (!ownerless.has(owner)) this.#record('member', owner, symbol.name, node);
  }

  #member(name: Node): void {
    this.#members.push(name);
  }

  #import(node: Node & { isTypeOnly: boolean; name: Node; propertyName?: Node | undefined }): void {
    const clause = node.parent.parent as Node & { isTypeOnly?: boolean; phaseModifier?: unknown };
    const declaration = clause.parent as Node & { moduleSpecifier?: Node };
    const module = declaration.moduleSpecifier;
    if (node.isTypeOnly || this.#file.text.slice(clause.pos, clause.end).trimStart().startsWith('type '))
      return;
    if (module && isStringLiteral(module) && module.text === 'electron')
      this.#record('module', 'electron', (node.propertyName ?? node.name).getText(this.#file), node);
  }

  #literal(node: Expression & { properties: readonly Node[] }): void {
    const type = this.#checker.getContextualType(node);
    if (!type) return;
    for (const property of node.properties) {
      const { name } = property as Node & { name?: Node };
      if (!name || !(isIdentifier(name) || isStringLiteral(name))) continue;
      this.#recordSymbol(this.#propertyOf(type, name.text), name);
    }
  }

  #pattern(node: Node & { elements: readonly Node[] }): void {
    const type = this.#checker.getTypeAtLocation(node);
    if (!type) return;
    for (const element of node.elements) {
      if (!isBindingElement(element)) continue;
      const name = element.propertyName ?? element.name;
      if (name && isIdentifier(name)) this.#recordSymbol(this.#propertyOf(type, name.text), name);
    }
  }

  #propertyOf(type: Type, name: string): Symbol | undefined {
    const plain = this.#checker.getNonNullableType(type) ?? type;
    return this.#checker.getPropertyOfType(plain, name);
  }

  #listener(callee: Node, event: Node | undefined): void {
    if (!isPropertyAccessExpression(callee) || !listenerMethods.has(callee.name.text) || !event) return;
    const method = this.#checker.getSymbolAtLocation(callee.name);
    const owner = isElectrons(method) ? method.getParent()?.name : undefined;
    if (!owner || owner.startsWith('Ipc')) return; // any name is a channel there
    for (const name of this.#stringValues(event)) this.#record('event', owner, name, event);
  }

  /**
   * An Electron object given to code that only names an interface of its own (`PowerSource`): what that
   * interface asks for is what gets used.
   */
  #handedOver(value: Expression): void {
    if (!isIdentifier(value) && !isPropertyAccessExpression(value)) return;
    const given = this.#typeOf(value)?.getSymbol();
    if (!isElectrons(given) || ownerless.has(given.name)) return;
    const wanted = this.#checker.getContextualType(value);
    const declared = wanted?.getSymbol();
    if (!wanted || !declared || isElectrons(declared) || this.#isFromPackage(declared)) return;
    for (const property of this.#checker.getPropertiesOfType(wanted)) {
      this.#record('member', given.name, property.name, value);
      if (!listenerMethods.has(property.name) || given.name.startsWith('Ipc')) continue;
      for (const declaration of property.declarations)
        for (const [, event = ''] of declaration
          .resolve(this.#project)
          ?.getText()
          .matchAll(/'([\w-]+)'/g) ?? [])
          this.#record('event', given.name, event, value);
    }
  }

  /** TypeScript 7.0's API panics when it describes some tuple types; no tuple is an Electron object. */
  #typeOf(value: Expression): Type | undefined {
    try {
      return this.#checker.getTypeAtLocation(value);
    } catch (error) {
      if (String(error).includes('TupleType')) return undefined;
      throw error;
    }
  }

  #isFromPackage(symbol: Symbol): boolean {
    return symbol.declarations.every(({ path: file }) => file.includes('/node_modules/'));
  }

  /** A literal, or each literal of a union such as the items of an `as const` list. */
  #stringValues(node: Node): string[] {
    if (isStringLiteral(node)) return [node.text];
    const type = this.#checker.getTypeAtLocation(node) as unknown as
      | { value?: unknown; getTypes?: () => readonly { value?: unknown }[] }
      | undefined;
    const parts = type?.getTypes?.() ?? (type ? [type] : []);
    return parts.map(({ value }) => value).filter((value) => typeof value === 'string');
  }
}
