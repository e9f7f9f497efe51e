import {
  toJsonSchema,
  toJsonSchemaDefs,
  type ConversionConfig,
  type JsonSchema,
} from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { modelInfo } from '../../../shared/wire/models.ts';
import { parameterSpec, parameterValues } from '../../../shared/wire/parameters.ts';
import { pipelineInfo, pipelineStatus } from '../../../shared/wire/pipelines.ts';
import { sessionInfo, snapshotInfo } from '../../../shared/wire/sessions.ts';
import { runnerVersion } from '../version.ts';
import { commonAnswers } from './common-answers.ts';
import { errorBody, type AnswerSpec, type Route } from './route.ts';

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: object;
  security: readonly object[];
  /** By path, then by method in small letters. */
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: object; schemas: Record<string, JsonSchema> };
}

interface Operation {
  operationId: string;
  summary: string;
  parameters?: readonly Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  /** Empty when no token is asked for. */
  security?: readonly object[];
}

interface Parameter {
  name: string;
  in: 'path' | 'query';
  description?: string;
  required: boolean;
  schema: object;
}

type Content = Record<string, { schema?: JsonSchema }>;

/** Described once, referred to by name. */
const named = {
  Error: errorBody,
  Model: modelInfo,
  Parameter: parameterSpec,
  ParameterValues: parameterValues,
  Pipeline: pipelineInfo,
  PipelineStatus: pipelineStatus,
  Session: sessionInfo,
  Snapshot: snapshotInfo,
};

const conversion: ConversionConfig = {
  target: 'draft-2020-12',
  definitions: named,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  // What JSON Schema cannot say (an own check) or need not (a JSON number is always finite).
  ignoreActions: ['check', 'finite'],
};

/**
 * Describes a table of routes as OpenAPI 3.1, which takes JSON Schema as it is.
 *
 * @throws {Error} If a schema cannot be said in JSON Schema; that is a programming error.
 */
export function openApiDocument(table: readonly Route[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const route of table) {
    const path = (paths[templateOf(route.path)] ??= {});
    path[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linkspan runner',
      version: runnerVersion,
      summary: 'The HTTP side of a runner; its WebSocket answers the same paths by the message `api`.',
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    // A runner on loopback may have no token; then none is asked for.
    security: [{ token: [] }, {}],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: toJsonSchemaDefs(named, { ...conversion, typeMode: 'output' }),
    },
  };
}

function operationOf(route: Route): Operation {
  const parameters = parametersOf(route);
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.request && {
      requestBody: { required: true, content: jsonContent(route.request, 'input') },
    }),
    responses: Object.fromEntries(
      Object.entries({ ...commonAnswers(route), ...route.answers }).map(([status, answer]) => [
        status,
        { description: answer.description, ...contentOf(answer) },
      ]),
    ),
    ...(route.open && { security: [] }),
  };
}

/** The path's own, and the session's name for routes that act on one. */
function parametersOf({ path, session }: Route): Parameter[] {
  const parameters: Parameter[] = [];
  const variable = /:(\w+)/.exec(path)?.[1];
  if (variable !== undefined) {
    parameters.push({ name: variable, in: 'path', required: true, schema: { type: 'string' } });
  }
  if (session !== undefined) {
    parameters.push({
      name: 'session_id',
      in: 'query',
      description: "The media session's id, as the answer to the offer told it.",
      required: session === 'named',
      schema: { type: 'string' },
    });
  }
  return parameters;
}

function contentOf(answer: AnswerSpec): { content?: Content } {
  switch (answer.kind) {
    case 'json':
      return { content: jsonContent(answer.schema, 'output') };
    case 'binary':
      return { content: { [answer.contentType]: {} } };
    case 'empty':
      return {};
    default:
      answer satisfies never;
      return {};
  }
}

/** @param typeMode `input` for what clients send, where a default makes a field optional. */
function jsonContent(schema: v.GenericSchema, typeMode: 'input' | 'output'): Content {
  const converted = toJsonSchema(schema, { ...conversion, typeMode });
  // Both are said once for the whole document.
  delete converted.$schema;
  delete converted.$defs;
  return { 'application/json': { schema: converted } };
}

/** `/a/:id` as OpenAPI writes it. */
function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** `GET /api/v1/session/snapshots/:id` becomes `getSessionSnapshotsId`. */
function operationIdOf({ method, path }: Route): string {
  const words = path.replace('/api/v1', '').match(/[a-z]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}
