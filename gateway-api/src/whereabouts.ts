import type { Request } from 'express';
import type { Config } from './config.js';

/** Under which addresses clients find this gateway. */
export class Whereabouts {
  /** The port that is listened on; known once it listens. */
  port: number;

  constructor(private readonly config: Config) {
    this.port = config.PORT;
  }

  /** The public address, or the one on this machine. */
  get address(): string {
    return this.config.PUBLIC_URL ?? `http://${inBrackets(this.config.HOST)}:${this.port}`;
  }

  /** The address as the client of a request wrote it; for links only, because a Host header is the client's word. */
  origin(request: Request): string {
    const host = request.get('host');
    return this.config.PUBLIC_URL ?? (host === undefined ? this.address : `${request.protocol}://${host}`);
  }

  /** What assertions may name as their audience. Without a public address only names of this machine count. */
  tokenAudiences(): readonly string[] {
    const { PUBLIC_URL: known, HOST: host } = this.config;
    const local = ['127.0.0.1', 'localhost', '[::1]', inBrackets(host)].map(
      (name) => `http://${name}:${this.port}`,
    );
    return (known === undefined ? local : [known]).flatMap((origin) => [`${origin}/v1/token`, origin]);
  }
}

function inBrackets(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
