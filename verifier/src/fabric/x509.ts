// @peculiar/x509 resolves its parts with decorators and does not load this itself.
import 'reflect-metadata';

/** The parts of X.509 that Node does not read: extensions by their number, and revocation lists. */
export { X509Certificate as CertificateWithExtensions, X509Crl } from '@peculiar/x509';
