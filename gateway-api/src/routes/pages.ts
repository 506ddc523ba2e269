import type { Call, Reply } from '../http/route.js';
import type { PageOf } from '../ports.js';

/** Answers a page of a list with the address of the next one (RFC 8288). */
export function pageReply<T>(call: Call, name: string, page: PageOf<T>, show: (record: T) => unknown): Reply {
  const body = { [name]: page.records.map(show), ...(page.next === undefined ? {} : { next: page.next }) };
  return {
    body,
    headers: page.next === undefined ? {} : { Link: `<${nextAddress(call, page.next)}>; rel="next"` },
  };
}

function nextAddress(call: Call, cursor: string): string {
  const address = new URL(call.request.originalUrl, 'http://gateway');
  address.searchParams.set('cursor', cursor);
  return `${address.pathname}${address.search}`;
}
