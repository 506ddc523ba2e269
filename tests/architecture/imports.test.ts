import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout, cycleAmong, packageOf, sources, WORKSPACES } from './imports.js';

const all = sources();
const code = all.filter(({ isTest }) => !isTest);
/** Benchmarks, and the ledger without a network that they and tests read. */
const isForMeasuring = (path: string): boolean =>
  /^(trial\/src\/bench|gateway-api\/src\/synthetic)\//.test(path);
const importing = (module: RegExp): string[] =>
  code.filter(({ imports }) => imports.some((name) => module.test(name))).map(({ path }) => path);

describe('imports', () => {
  it('between workspaces point one way', () => {
    const wrong = all.flatMap(({ path, workspace, imports }) =>
      imports
        .filter((name) => name.startsWith('@huilian/'))
        .filter((name) => packageOf(name) !== `@huilian/${workspace}`)
        .filter((name) => !WORKSPACES[workspace]?.includes(packageOf(name).slice('@huilian/'.length)))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of another workspace go by its name, and only tests and benchmarks ask for what is for tests', () => {
    const wrong = all.flatMap(({ path, workspace, isTest, imports }) =>
      imports
        .filter((name) =>
          name.startsWith('@huilian/')
            ? name.split('/').length > 2 && !((isTest || isForMeasuring(path)) && name.endsWith('/testing'))
            : /^[a-z-]+\/src\//.test(name) && !name.startsWith(`${workspace}/`),
        )
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
    const testing = code.flatMap(({ path, imports }) =>
      imports
        .filter((name) => /\/testing\/|\.(test|testing|fixture)\.ts$/.test(name))
        .map((name) => `${path} imports ${name}`),
    );
    expect(testing).toEqual([]);
  });

  it('are declared by the workspace that uses them', () => {
    const wrong = Object.keys(WORKSPACES).flatMap((workspace) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(
        readFileSync(join(checkout, workspace, 'package.json'), 'utf8'),
      ) as Record<string, Record<string, string>>;
      return code
        .filter((source) => source.workspace === workspace)
        .flatMap(({ path, imports }) =>
          imports
            .filter((name) => !name.startsWith('node:') && !name.includes(`${workspace}/src/`))
            .filter((name) => !/\.(ts|json)$/.test(name) || name.startsWith('@'))
            .filter((name) => !(packageOf(name) in dependencies) && !(packageOf(name) in devDependencies))
            .map((name) => `${path} imports ${name}`),
        );
    });
    expect(wrong).toEqual([]);
  });

  it('within a workspace form no cycle', () => {
    for (const workspace of Object.keys(WORKSPACES)) {
      const graph = new Map(
        code
          .filter((source) => source.workspace === workspace)
          .map(({ path, imports }) => [path, imports] as const),
      );
      expect(cycleAmong(graph), workspace).toBeUndefined();
    }
  });

  it('that form one would be found', () => {
    const graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['a']],
    ]);
    expect(cycleAmong(graph)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('find their files', () => {
    const missing = all.flatMap(({ path, imports }) =>
      imports
        .filter((name) => /^[a-z-]+\/src\/.*\.ts$/.test(name) && !existsSync(join(checkout, name)))
        .map((name) => `${path} imports ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('core', () => {
  it('imports two modules of Node and its pure libraries, nothing else', () => {
    const used = new Set(
      code
        .filter(({ workspace }) => workspace === 'core')
        .flatMap(({ imports }) => imports.filter((name) => !name.startsWith('core/'))),
    );
    expect([...used].sort()).toEqual(['@scure/base', 'node:crypto', 'node:zlib', 'zod']);
  });
});

describe('one door', () => {
  it('to the chaincode stub is chaincode/src/ledger.ts', () => {
    const touching = code
      .filter(
        ({ workspace, text }) =>
          workspace === 'chaincode' &&
          /\bstub\b|clientIdentity|getState|putState/.test(text.replace(/^\s*(\/\/|\/?\*).*$/gm, '')),
      )
      .map(({ path }) => path);
    expect(touching).toEqual(['chaincode/src/ledger.ts']);
  });

  it('to gRPC is fabric/src/connection.ts', () => {
    // What errors.ts takes of it are the names of the statuses.
    expect(importing(/^@grpc\/grpc-js$/)).toEqual(['fabric/src/connection.ts', 'fabric/src/errors.ts']);
    const { text = '' } = code.find(({ path }) => path === 'fabric/src/errors.ts') ?? {};
    expect(/import \{([^}]*)\} from '@grpc\/grpc-js'/.exec(text)?.[1]?.trim()).toMatch(/^status( as \w+)?$/);
  });

  it('to the errors of Fabric is fabric/src/errors.ts', () => {
    const classifying = code
      .filter(({ text }) =>
        /\b(EndorseError|CommitStatusError|SubmitError|GatewayError|MVCC_READ_CONFLICT)\b/.test(
          text.replace(/^\s*(\/\/|\/?\*).*$/gm, ''),
        ),
      )
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('verifier/'));
    expect(classifying).toEqual(['fabric/src/errors.ts']);
  });

  it('to the clock, in the chaincode, is chaincode/src/runtime/clock.ts', () => {
    const reading = code
      .filter(
        ({ workspace, text }) => ['core', 'chaincode'].includes(workspace) && /\bDate\b\s*[.(]/.test(text),
      )
      .map(({ path }) => path);
    expect(reading).toEqual(['chaincode/src/runtime/clock.ts']);
  });
});

describe('a source file', () => {
  it('holds one concept: none is longer than 300 lines', () => {
    const long = code
      .filter(({ text }) => text.split('\n').length > 301)
      .map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`);
    expect(long).toEqual([]);
  });

  it('says why a rule of the linter or the compiler is set aside', () => {
    const silent = all.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => /eslint-disable|@ts-(ignore|nocheck)|@ts-expect-error/.test(line))
        .filter((line) => /@ts-(ignore|nocheck)/.test(line) || !/ -- \S/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(silent).toEqual([]);
  });
});
