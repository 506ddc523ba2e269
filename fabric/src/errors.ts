import { status as Grpc } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { HuilianError, isErrorCode, type Details, type ErrorCode } from '@huilian/core';

/**
 * What became of a call to the ledger.
 *
 * - `inadmissible`: the chaincode refused; its code, details and body pass through.
 * - `conflict`: another transaction changed the same rows first, or the endorsers were at different heights. Endorse again.
 * - `unavailable`: nothing was sent to the orderer. Safe to try again.
 * - `unknownOutcome`: it may be committed. Ask for the receipt before anything else.
 * - `noChaincode`: the peer is there, its chaincode is not.
 * - `notPermitted`: the identity may not do this.
 * - `invalid`: committed and marked invalid for another reason than a conflict.
 * - `failed`: anything else.
 */
export type LedgerErrorKind =
  | 'inadmissible'
  | 'conflict'
  | 'unavailable'
  | 'unknownOutcome'
  | 'noChaincode'
  | 'notPermitted'
  | 'invalid'
  | 'failed';

export type LedgerStep = 'evaluate' | 'endorse' | 'submit' | 'status' | 'blocks';

const codeOfKind: Readonly<Record<LedgerErrorKind, ErrorCode>> = {
  inadmissible: 'HL-5015',
  conflict: 'HL-5010',
  unavailable: 'HL-5001',
  unknownOutcome: 'HL-5011',
  noChaincode: 'HL-5012',
  notPermitted: 'HL-5013',
  invalid: 'HL-5014',
  failed: 'HL-5015',
};

interface LedgerErrorExtra {
  readonly code?: ErrorCode;
  readonly body?: unknown;
  readonly transactionId?: string;
  /** MSP id of the peer whose chaincode refused. */
  readonly answeredBy?: string;
}

/** An error of the ledger in our words. `body` is the JSON that the chaincode answered, if it did. */
export class LedgerError extends HuilianError {
  constructor(
    readonly kind: LedgerErrorKind,
    details: Details = {},
    readonly extra: LedgerErrorExtra = {},
    options?: ErrorOptions,
  ) {
    super(extra.code ?? codeOfKind[kind], details, options);
  }

  get transactionId(): string | undefined {
    return this.extra.transactionId;
  }

  get body(): unknown {
    return this.extra.body;
  }
}

/** Fabric puts the chaincode's answer behind these words, in the error's details. */
const chaincodeAnswer = 'chaincode response ';

/** What a peer says when its chaincode process is away. Fabric has no code for it. */
const chaincodeAway = [
  'could not launch chaincode',
  'chaincode registration failed',
  'error starting',
  'connection to chaincode',
  'cannot connect to chaincode',
  'failed to execute transaction',
  'error sending: ',
  'chaincode stream terminated',
  'no peers available to evaluate chaincode',
  'has been successfully defined on channel',
  'No metadata was found for chaincode',
  'is not installed',
];

const deadlineExceeded: number = Grpc.DEADLINE_EXCEEDED;
const denied: readonly number[] = [Grpc.PERMISSION_DENIED, Grpc.UNAUTHENTICATED];
const refusedForGood: readonly number[] = [Grpc.INVALID_ARGUMENT, Grpc.NOT_FOUND, Grpc.UNIMPLEMENTED];

const heightsDiffer = 'ProposalResponsePayloads do not match';
const accessDenied = 'access denied';

/**
 * Turns whatever a call threw into a {@link LedgerError}. The kind comes from the gRPC code and the endorsers' details;
 * texts are read only where Fabric gives nothing else.
 */
export function ledgerError(error: unknown, step: LedgerStep, transactionId?: string): LedgerError {
  if (error instanceof LedgerError) return error;
  if (!(error instanceof GatewayError)) {
    const text = error instanceof Error ? error.message : String(error);
    return new LedgerError(kindOfLostCall(step), { reason: text }, withId(transactionId), { cause: error });
  }
  const texts = [...error.details.map((detail) => detail.message), error.message];
  const answer = texts.map(chaincodeText).find((text) => text !== undefined);
  if (answer !== undefined) return fromChaincode(answer, error, transactionId);
  const kind = kindOf(error, texts, step);
  const reason = texts[0] ?? error.message;
  return new LedgerError(kind, { reason }, withId(transactionId), { cause: error });
}

/** True when a call took longer than its deadline: another peer would not know more. */
export function isTimeout(error: LedgerError): boolean {
  return error.cause instanceof GatewayError && error.cause.code === deadlineExceeded;
}

/**
 * True when endorsers answered differently: their answers do not match, or one refused that is not the peer that was asked
 * first and accepted.
 *
 * @param asked MSP id of that peer, if it is known.
 */
export function isDisagreement(error: unknown, asked: string | undefined): boolean {
  if (!(error instanceof LedgerError)) return false;
  if (error.kind === 'conflict') return true;
  const { answeredBy } = error.extra;
  return asked !== undefined && answeredBy !== undefined && answeredBy !== asked;
}

/** The error of a transaction that was committed but not valid. */
export function invalidTransaction(transactionId: string, code: number, codeName: string): LedgerError {
  const conflict = codeName === 'MVCC_READ_CONFLICT' || codeName === 'PHANTOM_READ_CONFLICT';
  return new LedgerError(conflict ? 'conflict' : 'invalid', { validation: codeName }, { transactionId });
}

function kindOf(error: GatewayError, texts: readonly string[], step: LedgerStep): LedgerErrorKind {
  const says = (words: string): boolean => texts.some((text) => text.includes(words));
  if (denied.includes(error.code)) return 'notPermitted';
  if (says(accessDenied)) return 'notPermitted';
  if (says(heightsDiffer)) return 'conflict';
  if (chaincodeAway.some(says)) return 'noChaincode';
  if (refusedForGood.includes(error.code)) return 'failed';
  return kindOfLostCall(step);
}

/** Until it was given to the orderer a transaction can be dropped; afterwards nobody knows. */
function kindOfLostCall(step: LedgerStep): LedgerErrorKind {
  return step === 'submit' || step === 'status' ? 'unknownOutcome' : 'unavailable';
}

/** The text behind `chaincode response 500, `. */
function chaincodeText(message: string): string | undefined {
  const start = message.indexOf(chaincodeAnswer);
  if (start < 0) return undefined;
  const comma = message.indexOf(', ', start);
  return comma < 0 ? undefined : message.slice(comma + 2);
}

function fromChaincode(text: string, cause: GatewayError, transactionId: string | undefined): LedgerError {
  const body = parseJson(text);
  const answeredBy = cause.details.find(({ message }) => message.includes(chaincodeAnswer))?.mspId;
  const about = { ...withId(transactionId), ...(answeredBy === undefined ? {} : { answeredBy }) };
  if (!isRecord(body) || typeof body['code'] !== 'string' || !isErrorCode(body['code'])) {
    return new LedgerError('inadmissible', { reason: text }, about, { cause });
  }
  const extra = { code: body['code'], body, ...about };
  return new LedgerError('inadmissible', plainDetails(body['details']), extra, { cause });
}

function plainDetails(details: unknown): Details {
  if (!isRecord(details)) return {};
  const plain: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === 'string' || typeof value === 'number') plain[name] = value;
  }
  return plain;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withId(transactionId: string | undefined): { transactionId?: string } {
  return transactionId === undefined ? {} : { transactionId };
}
