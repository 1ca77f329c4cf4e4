import { type ClientResponse, hc } from "hono/client";
import type { Api } from "../worker/api/app";

/** What the worker answered: a value, or a refusal in words that may be shown. */
export type Result<T> = { ok: true; value: T } | Failure;

export interface Failure {
	ok: false;
	/** HTTP status; 0 where no answer came at all. */
	status: number;
	/** The contract's code, or `unreachable`. */
	code: string;
	message: string;
	details?: unknown;
	requestId?: string;
}

const WORKSPACE_KEY = "inlet.workspace";
let workspaceId = recall();
let whenSignedOut: () => void = () => {};

/** The workspace that every call names from now on; null leaves the choice to the worker (the person's first). */
export function chooseWorkspace(id: string | null): void {
	workspaceId = id;
	try {
		if (id === null) localStorage.removeItem(WORKSPACE_KEY);
		else localStorage.setItem(WORKSPACE_KEY, id);
	} catch {
		// Storage may be blocked; the choice then lasts as long as the page.
	}
}

export const chosenWorkspace = (): string | null => workspaceId;

/** Called whenever the worker answers 401 to anything but an attempt to log in. */
export function onSignedOut(listener: () => void): void {
	whenSignedOut = listener;
}

function sendNamed(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
	const headers = new Headers(init?.headers);
	if (workspaceId !== null) headers.set("Inlet-Workspace", workspaceId);
	return fetch(input, { ...init, headers });
}

/**
 * The worker's routes, typed by its own app: `call(api.integrations[":id"].$get({ param: { id } }))`.
 * The live feed is not here: a WebSocket cannot send headers, see `live.ts`.
 */
export const api = hc<Api>("/", { fetch: sendNamed }).api;

type Success<R> = R extends ClientResponse<infer T, infer Status, string> ? (Status extends 200 | 201 | 202 | 204 ? T : never) : never;

/** Awaits a typed call: the value of its successful answers, or the failure. Never throws. */
export async function call<R>(request: Promise<R>): Promise<Result<Success<R>>> {
	return (await settle(request as Promise<Response>)) as Result<Success<R>>;
}

async function settle(request: Promise<Response>): Promise<Result<unknown>> {
	let response: Response;
	try {
		response = await request;
	} catch {
		return { ok: false, status: 0, code: "unreachable", message: "Inlet could not be reached. Check the connection and try again." };
	}
	const body: unknown = await response.json().catch(() => null);
	if (response.ok) return { ok: true, value: body };
	const failure = failureOf(response.status, body);
	if (response.status === 401 && !new URL(response.url).pathname.startsWith("/api/auth/")) whenSignedOut();
	return failure;
}

/** Reads the contract's error shape, and the plain `{code, message}` of others. */
export function failureOf(status: number, body: unknown): Failure {
	const outer = isRecord(body) ? body : {};
	const error = isRecord(outer.error) ? outer.error : outer;
	const failure: Failure = {
		ok: false,
		status,
		code: typeof error.code === "string" ? error.code.toLowerCase() : "unexpected",
		message: typeof error.message === "string" && error.message !== "" ? error.message : `Inlet answered ${status} without a reason.`,
	};
	if (error.details !== undefined) failure.details = error.details;
	if (typeof error.requestId === "string") failure.requestId = error.requestId;
	return failure;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function recall(): string | null {
	try {
		return globalThis.localStorage?.getItem(WORKSPACE_KEY) ?? null;
	} catch {
		return null;
	}
}
