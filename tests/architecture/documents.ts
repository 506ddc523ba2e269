import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** One text of the documentation. */
export interface Document {
  /** Path from the checkout, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every markdown file of the checkout that people read, and the pictures. */
export function documents(): Document[] {
  const inRoot = readdirSync(checkout).filter((name) => name.endsWith('.md'));
  const inDocs = readdirSync(join(checkout, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|svg)$/.test(name))
    .map((name) => join('docs', name));
  return [...inRoot, ...inDocs]
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(checkout, path), 'utf8') }));
}

/** Targets of links and pictures that stay inside the checkout, as written, without their anchors. */
export function relativeLinks({ text }: Document): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)].map(
    ([, markdown, attribute]) => markdown ?? attribute ?? '',
  );
  return targets
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));
}

/** True when a link leads to a file or folder of the checkout. */
export function resolves(document: Document, target: string): boolean {
  const file = resolve(checkout, dirname(document.path), decodeURIComponent(target));
  return !relative(checkout, file).startsWith('..') && existsSync(file);
}

/** Paths of the repository in backticks, such as `core/src/rules/apply.ts`. */
export function namedPaths({ text }: Document): string[] {
  const folders =
    'core|adapters|fabric|chaincode|verifier|network|gateway-api|scanner-cli|trial|tests|scripts|docs';
  const pattern = new RegExp(`\`((?:${folders})/[A-Za-z0-9._/-]+)\``, 'g');
  return [...text.matchAll(pattern)].map(([, path = '']) => path);
}

/** Lines of the fenced blocks of commands, comments and prompts left out, continued lines joined. */
export function commandLines({ text }: Document): string[] {
  return [...text.matchAll(/```(?:sh|bash)\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.replace(/(^|\s)#\s.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

/** What is typed after `huilian` anywhere in a text: in blocks of commands and in backticks. */
export function scannerCommands(document: Document): string[] {
  const inline = [...document.text.matchAll(/`(?:npx )?huilian ([^`]+)`/g)].map(([, rest = '']) => rest);
  const lines = commandLines(document).flatMap((line) =>
    [...line.matchAll(/(?:^|[|$(&;] *)(?:npx )?huilian ([^|;&)]+)/g)].map(([, rest = '']) => rest),
  );
  return [...inline, ...lines].map((text) => text.trim());
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
}
