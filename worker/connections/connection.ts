import { DurableObject } from "cloudflare:workers";
import type { ConnectionKind } from "../db/schema/connection";
import type { Headers } from "../events/protocol/delivery";
import { allowsUrl, readHostPattern } from "./hosts";
import { migrate } from "./schema";
import { open, type Purpose, rewrap, type Sealed, seal } from "./vault";

export interface ConnectionPut {
	workspaceId: string;
	connectionId: string;
	kind: ConnectionKind;
	/** Exact host names or `*.example.com`, with or without a port. */
	hosts: string[];
	/** For the kind `header`. */
	headerName?: string | null;
	/** For the kind `basic`. */
	username?: string | null;
	/** Always needed: whoever changes where a credential goes has to know it. */
	secret: string;
}

export type PutAnswer = { ok: true } | { ok: false; code: "unknown_connection" | "invalid_connection"; message: string; field?: string };

export type AuthorizeAnswer =
	| { ok: true; headers: Headers }
	| { ok: false; code: "unknown_connection" | "host_not_allowed" | "credential_unreadable"; message: string };

interface Row {
	[column: string]: SqlStorageValue;
	workspace_id: string;
	kind: string;
	hosts: string;
	header_name: string | null;
	username: string | null;
	sealed: string;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a header's value must not hold these
const UNSENDABLE = /[\u0000-\u001f\u007f]|[^\u0000-\u00ff]/;

/**
 * One connection's credential, sealed. It lends headers for a URL, to its own workspace and to the hosts it is bound to;
 * nothing ever answers the secret itself.
 */
export class Connection extends DurableObject<Env> {
	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		migrate(ctx.storage);
	}

	/** Stores or replaces the credential. A connection of another workspace is unknown to the caller. */
	async put(connection: ConnectionPut): Promise<PutAnswer> {
		const row = this.#row();
		const isOwn = this.env.CONNECTION.idFromName(connection.connectionId).equals(this.ctx.id);
		if (!isOwn || (row !== null && row.workspace_id !== connection.workspaceId)) return UNKNOWN;
		const hosts = connection.hosts.map(readHostPattern);
		const invalid = problemOf(connection, hosts);
		if (invalid !== null) return { ok: false, code: "invalid_connection", ...invalid };
		const { workspaceId, kind, headerName, username } = connection;
		const unsealed = {
			workspace_id: workspaceId,
			kind,
			hosts: JSON.stringify(hosts),
			header_name: kind === "header" ? (headerName ?? null) : null,
			username: kind === "basic" ? (username ?? "") : null,
		};
		this.#write({ ...unsealed, sealed: JSON.stringify(await seal(this.env.VAULT_KEYS, connection.secret, this.#purpose(unsealed))) });
		return { ok: true };
	}

	/** The headers that a request to `url` is to carry. */
	async authorize(wanted: { workspaceId: string; url: string }): Promise<AuthorizeAnswer> {
		const row = this.#row();
		if (row === null || row.workspace_id !== wanted.workspaceId) return UNKNOWN;
		const url = URL.parse(wanted.url);
		const hosts = JSON.parse(row.hosts) as string[];
		if (url === null || !allowsUrl(hosts, url)) {
			const message = `The connection may not be used for ${url?.host ?? "this URL"}; it is bound to ${hosts.join(", ")}.`;
			return { ok: false, code: "host_not_allowed", message };
		}
		let secret: string;
		try {
			secret = await open(this.env.VAULT_KEYS, JSON.parse(row.sealed) as Sealed, this.#purpose(row));
		} catch {
			return { ok: false, code: "credential_unreadable", message: "The credential cannot be opened. Enter it again." };
		}
		return { ok: true, headers: headersOf(row, secret) };
	}

	/**
	 * Puts the credential under the newest key of the vault; may be repeated.
	 * @returns the version of the key that it is under now; null where there is none here, or it cannot be opened
	 */
	async rewrap(workspaceId: string): Promise<number | null> {
		const row = this.#row();
		if (row === null || row.workspace_id !== workspaceId) return null;
		const before = JSON.parse(row.sealed) as Sealed;
		const sealed = await rewrap(this.env.VAULT_KEYS, before, this.#purpose(row)).catch(() => undefined);
		if (sealed === undefined) return null;
		// Something newer may have been put while the keys were at work: that is under the newest key already.
		if (sealed !== null && this.#row()?.sealed === row.sealed) this.#write({ ...row, sealed: JSON.stringify(sealed) });
		return (sealed ?? before).keyVersion;
	}

	/** Forgets the credential for good. May be repeated. */
	async remove(workspaceId: string): Promise<void> {
		const row = this.#row();
		if (row === null || row.workspace_id !== workspaceId) return;
		await this.ctx.storage.deleteAll();
		migrate(this.ctx.storage);
	}

	/** The object's own id is part of it: a row that was copied into another object does not open there. */
	#purpose({ workspace_id, kind, hosts, header_name, username }: Omit<Row, "sealed">): Purpose {
		const terms = JSON.stringify([kind, hosts, header_name, username]);
		return { workspaceId: workspace_id as string, holder: this.ctx.id.toString(), field: "secret", terms };
	}

	#row(): Row | null {
		return (
			this.ctx.storage.sql.exec<Row>("SELECT workspace_id, kind, hosts, header_name, username, sealed FROM credential").toArray()[0] ?? null
		);
	}

	#write({ workspace_id, kind, hosts, header_name, username, sealed }: Row): void {
		this.ctx.storage.sql.exec(
			"INSERT OR REPLACE INTO credential (id, workspace_id, kind, hosts, header_name, username, sealed) VALUES (1, ?, ?, ?, ?, ?, ?)",
			workspace_id,
			kind,
			hosts,
			header_name,
			username,
			sealed,
		);
	}
}

const UNKNOWN = { ok: false, code: "unknown_connection", message: "There is no such connection in this workspace." } as const;

function problemOf(connection: ConnectionPut, hosts: (string | null)[]): { field: string; message: string } | null {
	const { kind, headerName, username, secret } = connection;
	if (hosts.length === 0) return { field: "hosts", message: "A credential has to be bound to at least one host." };
	const at = hosts.indexOf(null);
	if (at !== -1) return { field: "hosts", message: `${connection.hosts[at]} is not a host name. Write shop.example.com or *.example.com.` };
	if (secret === "" || UNSENDABLE.test(kind === "basic" ? "" : secret))
		return { field: "secret", message: "The secret is empty or has characters that a header cannot carry." };
	if (kind === "header" && !HEADER_NAME.test(headerName ?? "")) return { field: "headerName", message: "The header needs a name." };
	if (kind === "basic" && (username ?? "").includes(":")) return { field: "username", message: "A user name cannot hold a colon." };
	return null;
}

function headersOf(row: Row, secret: string): Headers {
	switch (row.kind as ConnectionKind) {
		case "header":
			return [[row.header_name ?? "Authorization", secret]];
		case "bearer":
			return [["Authorization", `Bearer ${secret}`]];
		case "basic":
			return [["Authorization", `Basic ${basic(`${row.username ?? ""}:${secret}`)}`]];
	}
}

/** Base64 of the UTF-8 bytes (RFC 7617). */
function basic(pair: string): string {
	return btoa(String.fromCharCode(...new TextEncoder().encode(pair)));
}
