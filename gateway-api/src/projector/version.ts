import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { View } from '../views/declare.js';
import { foldVersion } from './fold.js';

/** A digest of the fold's version and of the views' declarations, hex. A store that was filled by another one is rebuilt. */
export function projectionOf(views: readonly View[]): string {
  const declared = views.map(({ name, key, schema, indexes }) => {
    const fields = Object.entries(schema.shape).map(
      ([field, type]) => `${field}:${(type as z.ZodType).def.type}`,
    );
    return { name, key, indexes, fields };
  });
  return createHash('sha256')
    .update(JSON.stringify([foldVersion, declared]))
    .digest('hex');
}
