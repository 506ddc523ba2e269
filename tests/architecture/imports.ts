import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Workspaces with code of their own, and the workspaces that each may import. */
export const WORKSPACES: Readonly<Record<string, readonly string[]>> = {
  core: [],
  adapters: ['core'],
  fabric: ['core'],
  verifier: ['core', 'fabric'],
  chaincode: ['core'],
  network: ['core', 'fabric'],
  'gateway-api': ['core', 'adapters', 'fabric'],
  'scanner-cli': ['core', 'adapters', 'fabric', 'verifier', 'network'],
  trial: ['core', 'adapters', 'fabric', 'verifier', 'network', 'gateway-api', 'scanner-cli'],
};

/** A source file, its path from the checkout, and what it imports: paths of files, or names of modules. */
export interface Source {
  readonly path: string;
  readonly workspace: string;
  readonly isTest: boolean;
  readonly imports: readonly string[];
  readonly text: string;
}

function files(folder: string): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** All sources of the workspaces. */
export function sources(): Source[] {
  return Object.keys(WORKSPACES).flatMap((workspace) =>
    files(`${workspace}/src`).map((path) => {
      const text = readFileSync(join(checkout, path), 'utf8');
      const { importedFiles } = ts.preProcessFile(text, true, true);
      const imports = importedFiles.map(({ fileName }) =>
        fileName.startsWith('.')
          ? normalize(join(dirname(path), fileName)).replace(/\.js$/, '.ts')
          : fileName,
      );
      return {
        path,
        workspace,
        imports,
        text,
        isTest: /\.(test|testing|fixture)\.ts$|\/testing\//.test(path),
      };
    }),
  );
}

/** Name of the package of a module: `@a/b/c` is of `@a/b`. */
export function packageOf(module: string): string {
  const parts = module.split('/');
  return module.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** A cycle among files, as the paths on it, or undefined. Imports of types alone count too: they tie files together. */
export function cycleAmong(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (node: string): string[] | undefined => {
    if (state.get(node) === 'done') return undefined;
    if (state.get(node) === 'open') return [...trail.slice(trail.indexOf(node)), node];
    state.set(node, 'open');
    trail.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    trail.pop();
    state.set(node, 'done');
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}
