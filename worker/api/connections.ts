import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { readHostPattern } from "../connections/hosts";
import { connectionOf, finishConnectionRemoval } from "../connections/objects";
import type { Database } from "../db/client";
import { CONNECTION_KINDS, connections, integrations, integrationVersions } from "../db/schema";
import { ApiError, describeError } from "../errors";
import { nameProblem } from "../executions/headers";
import { newId } from "../ids";
import { nameText } from "../integrations/name";
import * as answers from "./answers";
import { invalidField, jsonBody, query } from "./body";
import { type ApiContext, type ApiEnv, databaseOf, iso, notFound, workspaceOf } from "./context";
import { describes } from "./describe";

const CONNECTIONS_MAX = 200;
/** Every call carries its own: a connection's would make all calls look like one. */
const IDEMPOTENCY_HEADER = /^idempotency-key$/i;

const host = z.string().transform((text, refinement) => {
	const pattern = readHostPattern(text);
	if (pattern === null) refinement.addIssue("a host name such as api.example.com, or *.example.com");
	return pattern ?? "";
});
const secret = z
	.string()
	.min(1)
	.max(8000)
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused
	.regex(/^[^\u0000-\u001f\u007f]*$/, "one line, without control characters");
const fields = {
	name: nameText(80),
	kind: z.enum(CONNECTION_KINDS),
	/** Hosts that the credential may be sent to. */
	hosts: z.array(host).min(1).max(20),
	/** Of the kind `header`. */
	headerName: z
		.string()
		.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, "a header's name")
		.nullish(),
	/** Of the kind `basic`. */
	username: z
		.string()
		.min(1)
		.max(200)
		.regex(/^[^:\r\n]+$/, "without a colon")
		.nullish(),
};
const newConnection = z.strictObject({ ...fields, secret });
const changedConnection = z.strictObject({ ...fields, secret }).partial();

type Row = typeof connections.$inferSelect;

const tag = "Connections";

/** Connections. A secret goes in and never comes out. */
export const connectionRoutes = new Hono<ApiEnv>()
	.get("/connections", describes(tag, "List the connections", 200, answers.pageOf(answers.connection)), async (c) => {
		const db = databaseOf(c);
		const rows = await db.select().from(connections).where(ofWorkspace(c)).orderBy(asc(connections.createdAt), asc(connections.id));
		const uses = await findUses(db, workspaceOf(c));
		return c.json({ items: rows.map((row) => present(row, uses.get(row.id) ?? [])), cursor: null }, 200);
	})
	.post("/connections", describes(tag, "Make a connection", 201, answers.connection), jsonBody(newConnection), async (c) => {
		const db = databaseOf(c);
		const { secret, ...given } = c.req.valid("json");
		if ((await db.$count(connections, ofWorkspace(c))) >= CONNECTIONS_MAX) {
			throw new ApiError(422, "quota_exceeded", `A workspace may have ${CONNECTIONS_MAX} connections. Delete one first.`);
		}
		const now = Date.now();
		const row: Row = {
			id: newId("con"),
			workspaceId: workspaceOf(c),
			...given,
			...ownFields(given),
			keyVersion: 0,
			createdAt: now,
			updatedAt: now,
			deletedAt: null,
		};
		await db.insert(connections).values(row);
		try {
			await seal(c, row, secret);
		} catch (error) {
			await db.delete(connections).where(eq(connections.id, row.id));
			throw error;
		}
		return c.json(present(row, []), 201);
	})
	.patch(
		"/connections/:id",
		describes(tag, "Change a connection; without a secret it is kept", 200, answers.connection),
		jsonBody(changedConnection),
		async (c) => {
			const db = databaseOf(c);
			const before = await read(c);
			const { secret, ...changes } = c.req.valid("json");
			const after: Row = { ...before, ...changes, updatedAt: Date.now() };
			Object.assign(after, ownFields(after));
			const sealed = (row: Row): string => JSON.stringify([row.kind, row.hosts, row.headerName, row.username]);
			if (secret !== undefined) await seal(c, after, secret);
			else if (sealed(after) !== sealed(before)) {
				// Else whoever may edit a connection could send its secret to a host of their own.
				throw new ApiError(422, "secret_required", "Enter the secret again to change where or how it is sent.", { field: "secret" });
			}
			await db.update(connections).set(after).where(eq(connections.id, before.id));
			return c.json(present(after, (await findUses(db, before.workspaceId)).get(before.id) ?? []), 200);
		},
	)
	.delete(
		"/connections/:id",
		describes(tag, "Delete a connection; one in use only with ?force=true", 204),
		query(z.object({ force: z.enum(["true", "false"]).optional() })),
		async (c) => {
			const db = databaseOf(c);
			const row = await read(c);
			const usedBy = (await findUses(db, row.workspaceId)).get(row.id) ?? [];
			if (usedBy.length > 0 && c.req.valid("query").force !== "true") {
				throw new ApiError(409, "in_use", `Used by ${usedBy.map(({ name }) => name).join(", ")}.`, { usedBy });
			}
			await db.update(connections).set({ deletedAt: Date.now() }).where(eq(connections.id, row.id));
			if (!(await finishConnectionRemoval(c.env, db, row))) {
				throw new ApiError(503, "not_yet_removed", "The connection is hidden. Its secret is removed by itself within minutes.");
			}
			return c.body(null, 204);
		},
	);

const ofWorkspace = (c: ApiContext) => and(eq(connections.workspaceId, workspaceOf(c)), isNull(connections.deletedAt));

async function read(c: ApiContext<"/:id">): Promise<Row> {
	const [row] = await databaseOf(c)
		.select()
		.from(connections)
		.where(and(eq(connections.id, c.req.param("id")), ofWorkspace(c)));
	if (row === undefined) throw notFound("connection");
	return row;
}

/** The fields that belong to the kind, and none of the other kinds'. @throws 422 where one is missing */
function ownFields({ kind, headerName, username }: Pick<Row, "kind"> & { headerName?: string | null; username?: string | null }) {
	if (kind === "header" && !headerName) throw invalidField("headerName", "Say which header carries the secret.");
	if (kind === "header" && headerName && (IDEMPOTENCY_HEADER.test(headerName) || nameProblem(headerName) !== null))
		throw invalidField("headerName", "This header is set by Inlet itself.");
	if (kind === "basic" && !username) throw invalidField("username", "Give the user name.");
	return { headerName: kind === "header" ? (headerName ?? null) : null, username: kind === "basic" ? (username ?? null) : null };
}

async function seal(c: ApiContext, row: Row, secret: string): Promise<void> {
	const { id: connectionId, workspaceId, kind, hosts, headerName, username } = row;
	const answer = await connectionOf(c.env, connectionId)
		.put({ workspaceId, connectionId, kind, hosts, headerName, username, secret })
		.catch((error: unknown) => {
			console.error(JSON.stringify({ event: "connection.not_sealed", connectionId, error: describeError(error) }));
			throw new ApiError(503, "not_saved", "The secret could not be stored. Try again.");
		});
	if (!answer.ok) throw answer.field === undefined ? notFound("connection") : invalidField(answer.field, answer.message);
}

/** Which integrations' current workflows name each connection. */
async function findUses(db: Database, workspaceId: string): Promise<Map<string, { id: string; name: string }[]>> {
	const rows = await db
		.select({ connectionId: connections.id, id: integrations.id, name: integrations.name })
		.from(integrations)
		.innerJoin(
			integrationVersions,
			and(eq(integrationVersions.integrationId, integrations.id), eq(integrationVersions.version, integrations.version)),
		)
		.innerJoin(
			connections,
			and(eq(connections.workspaceId, workspaceId), sql`instr(${integrationVersions.workflow}, '"' || ${connections.id} || '"') > 0`),
		)
		.where(and(eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt)));
	const uses = new Map<string, { id: string; name: string }[]>();
	for (const { connectionId, ...integration } of rows) uses.set(connectionId, [...(uses.get(connectionId) ?? []), integration]);
	return uses;
}

function present(row: Row, usedBy: { id: string; name: string }[]): answers.Connection {
	const { id, name, kind, hosts, headerName, username } = row;
	const fields = { ...(headerName === null ? {} : { headerName }), ...(username === null ? {} : { username }) };
	return { id, name, kind, hosts, fields, usedBy, createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt) };
}
