import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { app } from "../../worker/api/app";
import type { Integration, Role, WorkspaceOfPerson } from "../../worker/api/types";

/** The API in process, so that a test may give it other bindings: a Sequencer that fails, a closed sign-up. */

export const ORIGIN = "http://localhost";
export const PASSWORD = "correct horse battery staple";

export interface Sent {
	body?: unknown;
	headers?: Record<string, string>;
	env?: Partial<Env>;
	origin?: string;
}

/** Sends a request as a program without a session would. */
export async function send(
	method: string,
	path: string,
	{ body, headers = {}, env: bindings = {}, origin = ORIGIN }: Sent = {},
): Promise<Response> {
	const ctx = createExecutionContext();
	const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
	const init: RequestInit = { method, headers: { ...json, ...headers } };
	if (body !== undefined) init.body = typeof body === "string" ? body : JSON.stringify(body);
	const response = await app.fetch(new Request(origin + path, init), { ...env, ...bindings }, ctx);
	await waitOnExecutionContext(ctx);
	return response;
}

/** The code of a refusal. */
export async function codeOf(response: Response): Promise<string> {
	const { error } = await response.json<{ error: { code: string } }>();
	return error.code;
}

export const cookieOf = (response: Response): string =>
	response.headers
		.getSetCookie()
		.map((line) => line.split(";")[0])
		.join("; ");

export interface Someone {
	userId: string;
	email: string;
	cookie: string;
	workspace: WorkspaceOfPerson;
	send(method: string, path: string, sent?: Sent): Promise<Response>;
	/** As `send`, for what must succeed. */
	get<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** A person who has signed up, with the browser's headers. */
export async function givenPerson(fields: { name?: string; email?: string; invitation?: string } = {}): Promise<Someone> {
	const email = fields.email ?? `${crypto.randomUUID()}@example.com`;
	const body = { name: "Ada", password: PASSWORD, ...fields, email };
	const response = await send("POST", "/api/auth/sign-up/email", { body, headers: { Origin: ORIGIN } });
	if (response.status !== 200) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
	const { user } = await response.json<{ user: { id: string } }>();
	const someone = as(cookieOf(response));
	const { workspaces } = await someone.get<{ workspaces: WorkspaceOfPerson[] }>("GET", "/api/me");
	const [workspace] = workspaces;
	if (workspace === undefined) throw new Error("a new person has no workspace");
	return { userId: user.id, email, workspace, ...someone };
}

/** A browser with this cookie. */
export function as(cookie: string): Pick<Someone, "cookie" | "send" | "get"> {
	const sendAs: Someone["send"] = (method, path, sent = {}) =>
		send(method, path, { ...sent, headers: { Cookie: cookie, Origin: sent.origin ?? ORIGIN, ...sent.headers } });
	return {
		cookie,
		send: sendAs,
		async get<T>(method: string, path: string, body?: unknown): Promise<T> {
			const response = await sendAs(method, path, body === undefined ? {} : { body });
			const text = await response.text();
			if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
			return (text === "" ? null : JSON.parse(text)) as T;
		},
	};
}

/** Someone who joined the owner's workspace with a role. */
export async function givenMember(owner: Someone, role: Role): Promise<Someone> {
	const { url } = await owner.get<{ url: string }>("POST", "/api/invitations", { role });
	return givenPerson({ invitation: url.split("/").at(-1) ?? "" });
}

export function givenIntegration(owner: Someone, fields: Record<string, unknown> = {}): Promise<Integration> {
	return owner.get<Integration>("POST", "/api/integrations", { name: "Stock sync", ...fields });
}
