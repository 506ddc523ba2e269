import { status } from '@grpc/grpc-js';
import { GatewayError, type ErrorDetail } from '@hyperledger/fabric-gateway';
import { describe, expect, it } from 'vitest';
import {
  invalidTransaction,
  isDisagreement,
  LedgerError,
  ledgerError,
  type LedgerErrorKind,
  type LedgerStep,
} from './errors.js';

interface Case {
  readonly name: string;
  readonly step: LedgerStep;
  readonly code: number;
  readonly text: string;
  readonly kind: LedgerErrorKind;
  readonly errorCode: string;
}

const cases: readonly Case[] = [
  {
    name: 'an answer of the chaincode in our form passes through',
    step: 'endorse',
    code: status.ABORTED,
    text: 'chaincode response 500, {"code":"HL-3013","details":{"batches":2}}',
    kind: 'inadmissible',
    errorCode: 'HL-3013',
  },
  {
    name: 'an answer of the chaincode in another form is shown as it is',
    step: 'evaluate',
    code: status.UNKNOWN,
    text: 'evaluate call to endorser returned error: chaincode response 500, no such function',
    kind: 'inadmissible',
    errorCode: 'HL-5015',
  },
  {
    name: 'an unreachable peer',
    step: 'endorse',
    code: status.UNAVAILABLE,
    text: '14 UNAVAILABLE: No connection established',
    kind: 'unavailable',
    errorCode: 'HL-5001',
  },
  {
    name: 'a network that does not know its peers yet',
    step: 'endorse',
    code: status.FAILED_PRECONDITION,
    text: 'no combination of peers can be derived which satisfy the endorsement policy',
    kind: 'unavailable',
    errorCode: 'HL-5001',
  },
  {
    name: 'an orderer that did not answer',
    step: 'submit',
    code: status.DEADLINE_EXCEEDED,
    text: '4 DEADLINE_EXCEEDED: Deadline exceeded',
    kind: 'unknownOutcome',
    errorCode: 'HL-5011',
  },
  {
    name: 'a status that did not come',
    step: 'status',
    code: status.DEADLINE_EXCEEDED,
    text: '4 DEADLINE_EXCEEDED: Deadline exceeded',
    kind: 'unknownOutcome',
    errorCode: 'HL-5011',
  },
  {
    name: 'endorsers at different heights',
    step: 'endorse',
    code: status.ABORTED,
    text: 'ProposalResponsePayloads do not match',
    kind: 'conflict',
    errorCode: 'HL-5010',
  },
  {
    name: 'a peer whose chaincode is away',
    step: 'evaluate',
    code: status.UNAVAILABLE,
    text: 'could not launch chaincode huilian: connection to huilian failed',
    kind: 'noChaincode',
    errorCode: 'HL-5012',
  },
  {
    name: 'an identity that may not',
    step: 'endorse',
    code: status.PERMISSION_DENIED,
    text: 'access denied',
    kind: 'notPermitted',
    errorCode: 'HL-5013',
  },
];

describe('An error of Fabric becomes one of ours', () => {
  it.each(cases)('$name', ({ step, code, text, kind, errorCode }) => {
    const error = ledgerError(gatewayError(code, text), step, 'f00d');
    expect(error).toMatchObject({ kind, code: errorCode, transactionId: 'f00d' });
  });

  it('with the details and the body of the chaincode', () => {
    const text =
      'chaincode response 500, {"code":"HL-3013","details":{"batches":2},"offences":[{"index":1}]}';
    const error = ledgerError(gatewayError(status.ABORTED, text), 'endorse');
    expect(error.details).toEqual({ batches: 2 });
    expect(error.body).toMatchObject({ offences: [{ index: 1 }] });
  });

  it('and stays what it is when it was one before', () => {
    const error = new LedgerError('conflict');
    expect(ledgerError(error, 'submit')).toBe(error);
  });

  it('and a transaction that lost a race is told from one that is broken', () => {
    expect(invalidTransaction('f00d', 11, 'MVCC_READ_CONFLICT').kind).toBe('conflict');
    expect(invalidTransaction('f00d', 10, 'ENDORSEMENT_POLICY_FAILURE').kind).toBe('invalid');
  });
});

describe('Endorsers disagree', () => {
  const refusal = ledgerError(
    gatewayError(status.ABORTED, 'chaincode response 500, {"code":"HL-3013"}'),
    'endorse',
  );

  it('when another than the peer that was asked refused: it may be a block behind', () => {
    expect(isDisagreement(refusal, 'RecyclingMSP')).toBe(true);
    expect(isDisagreement(refusal, 'OversightMSP')).toBe(false);
    expect(isDisagreement(refusal, undefined)).toBe(false);
  });

  it('when their answers do not match', () => {
    expect(isDisagreement(new LedgerError('conflict'), undefined)).toBe(true);
    expect(isDisagreement(new LedgerError('unavailable'), 'RecyclingMSP')).toBe(false);
  });
});

function gatewayError(code: number, text: string): GatewayError {
  const details: ErrorDetail[] = [{ address: 'localhost:7051', mspId: 'OversightMSP', message: text }];
  return Object.assign(Object.create(GatewayError.prototype) as GatewayError, {
    code,
    details,
    message: text,
  });
}
