import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes.ts';

const document = openApiDocument(routes);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe("the API's description", () => {
  it('is a valid OpenAPI 3.1 document whose references lead somewhere', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone({ ...document }));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
    expect(JSON.stringify(validator.resolveRefs())).not.toContain('$ref');
  });

  it('has every route, and nothing else', () => {
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const offered = routes.map(({ method, path }) => `${method} ${path.replace(':id', '{id}')}`);
    expect(described.toSorted()).toEqual(offered.toSorted());
  });

  it('agrees with docs/protocol.md on what there is, and on what is for the own client only', () => {
    const doc = readFileSync(path.join(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');
    const rows = [...doc.matchAll(/^\| `(GET|POST|PATCH|DELETE) (\/\S*)`( \*)? +\|/gm)];
    const documented = rows.map(([, method, template, star]) => `${method} ${template}${star ?? ''}`);
    const offered = routes.map(
      ({ method, path: own, session }) =>
        `${method} ${own.replace(':id', '{id}')}${session === 'named' ? ' *' : ''}`,
    );
    expect(documented.toSorted()).toEqual(offered.toSorted());
  });

  it('names each operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('getSessionSnapshotsId');
  });

  it('asks for a token everywhere but at the health probes', () => {
    const open = operations.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ path }) => path)).toEqual(['/health', '/health/live', '/health/ready']);
    for (const { operation } of open) expect(operation.responses).not.toHaveProperty('401');
  });

  it('keeps limits that JSON Schema can say', () => {
    const load = document.paths['/api/v1/pipeline/load']!['post']!;
    expect(load.requestBody!.content['application/json']!.schema).toEqual({
      type: 'object',
      properties: {
        pipeline_id: { type: 'string', minLength: 1, maxLength: 64 },
        parameters: { $ref: '#/components/schemas/ParameterValues', default: {} },
      },
      required: ['pipeline_id'],
    });
  });
});
