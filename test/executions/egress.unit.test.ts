import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type EgressOptions, RESPONSE_MAX_BYTES, send } from "../../worker/executions/egress";
import type { OutboundRequest } from "../../worker/executions/outbound";

const DEVELOPMENT = { ENVIRONMENT: "development", ALLOW_PRIVATE_EGRESS: "yes" };

interface Seen {
	method: string;
	path: string;
	headers: IncomingMessage["headers"];
	body: string;
}

let here: string;
let elsewhere: string;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
const seen: Seen[] = [];
const servers: Server[] = [];

beforeAll(async () => {
	const start = async (): Promise<string> => {
		const server = createServer((request, response) => {
			const pieces: Buffer[] = [];
			request.on("data", (piece: Buffer) => pieces.push(piece));
			request.on("end", () => {
				const body = Buffer.concat(pieces).toString();
				seen.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
				answer(request, response, body);
			});
		});
		await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
		servers.push(server);
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	here = await start();
	elsewhere = await start();
});
afterAll(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
});
beforeEach(() => {
	seen.length = 0;
	answer = (_, response) => response.end("ok");
});

const call = (request: Partial<OutboundRequest>, options: Partial<EgressOptions> = {}) =>
	send(
		{ method: "GET", url: here, headers: [], credentials: [], body: null, timeoutMs: 5000, hops: 0, ...request },
		{ env: DEVELOPMENT, ...options },
	);

const redirectTo = (status: number, location: () => string) => {
	answer = (request, response) => {
		if (request.url === "/start") response.writeHead(status, { location: location() }).end("moved");
		else response.end("arrived");
	};
};
const text = (result: Awaited<ReturnType<typeof send>>) => (result.ok ? new TextDecoder().decode(result.body) : result.error.code);

test("sends method, headers, credentials and body, and answers the response", async () => {
	answer = (_, response) => response.writeHead(201, { "x-answer": "42" }).end("made");
	const result = await call({
		method: "PUT",
		url: `${here}/a?b=c`,
		headers: [["X-One", "1"]],
		credentials: [["Authorization", "Bearer t"]],
		body: "hello",
	});
	expect(result).toMatchObject({ ok: true, status: 201, redirects: [] });
	expect(text(result)).toBe("made");
	expect(result.ok && Object.fromEntries(result.headers)["x-answer"]).toBe("42");
	expect(seen).toMatchObject([{ method: "PUT", path: "/a?b=c", body: "hello", headers: { "x-one": "1", authorization: "Bearer t" } }]);
});

test.each([
	[301, "POST", "GET", ""],
	[302, "POST", "GET", ""],
	[303, "PUT", "GET", ""],
	[303, "HEAD", "HEAD", ""],
	[302, "PUT", "PUT", "body"],
	[307, "POST", "POST", "body"],
	[308, "DELETE", "DELETE", "body"],
])("a %i after %s is followed with %s", async (status, method, followed, body) => {
	redirectTo(status, () => "/end");
	const result = await call({
		method,
		url: `${here}/start`,
		headers: [["Content-Type", "text/plain"]],
		body: method === "HEAD" ? null : "body",
	});
	expect(result).toMatchObject({ ok: true, redirects: [{ status, location: "/end" }] });
	expect(seen[1]).toMatchObject({ method: followed, path: "/end", body });
	expect(seen[1]?.headers["content-type"]).toBe(body === "" && method !== "HEAD" ? undefined : "text/plain");
});

test("credentials stay with their origin and never come back", async () => {
	answer = (request, response) => {
		if (request.url === "/start") response.writeHead(307, { location: "/same" }).end();
		else if (request.url === "/same") response.writeHead(307, { location: `${elsewhere}/other` }).end();
		else if (request.url === "/other") response.writeHead(307, { location: `${here}/back` }).end();
		else response.end("arrived");
	};
	const headers: [string, string][] = [
		["X-Plain", "1"],
		["X-Api-Key", "k"],
		["Authorization", "Bearer own"],
	];
	expect(text(await call({ url: `${here}/start`, headers, credentials: [["X-Shop-Lent", "s"]] }))).toBe("arrived");
	const shown = seen.map(({ path, headers: sent }) => [path, sent["x-plain"], sent["x-api-key"], sent.authorization, sent["x-shop-lent"]]);
	expect(shown).toEqual([
		["/start", "1", "k", "Bearer own", "s"],
		["/same", "1", "k", "Bearer own", "s"],
		["/other", "1", undefined, undefined, undefined],
		["/back", "1", undefined, undefined, undefined],
	]);
});

test.each(["http://169.254.169.254/latest/meta-data", "http://[::ffff:a9fe:a9fe]/", "file:///etc/passwd", "http://user:pass@example.com/"])(
	"a redirect to %s is judged like the first URL",
	async (target) => {
		redirectTo(302, () => target);
		expect(await call({ url: `${here}/start` })).toMatchObject({
			ok: false,
			error: { code: "egress_refused" },
			retryable: false,
			redirects: [{ status: 302 }],
		});
		expect(seen).toHaveLength(1);
	},
);

test("redirects end at ten", async () => {
	answer = (request, response) => response.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
	expect(await call({ url: `${here}/0` })).toMatchObject({ ok: false, error: { code: "too_many_redirects" }, retryable: false });
	expect(seen).toHaveLength(11);
});

test("a redirect status without Location is an answer like any other", async () => {
	answer = (_, response) => response.writeHead(304).end();
	expect(await call({})).toMatchObject({ ok: true, status: 304 });
	redirectTo(302, () => "http://[");
	expect(await call({ url: `${here}/start` })).toMatchObject({ ok: false, error: { code: "url_invalid" }, retryable: false });
});

test("a response is counted as it is unpacked", async () => {
	const fits = Buffer.alloc(RESPONSE_MAX_BYTES, "a");
	answer = (_, response) => response.end(fits);
	expect(await call({})).toMatchObject({ ok: true });
	answer = (_, response) => response.end(Buffer.concat([fits, Buffer.from("a")]));
	expect(await call({})).toMatchObject({ ok: false, error: { code: "response_too_large" }, retryable: false });
	const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
	answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
	expect(await call({})).toMatchObject({ ok: false, error: { code: "response_too_large" } });
});

test("a system that does not answer in time, or stops in the middle, may be tried again", async () => {
	answer = () => {};
	expect(await call({ timeoutMs: 100 })).toMatchObject({ ok: false, error: { code: "timeout" }, retryable: true });
	answer = (_, response) => void response.writeHead(200).write("half");
	expect(await call({ timeoutMs: 200 })).toMatchObject({ ok: false, error: { code: "timeout" }, retryable: true });
	answer = (request) => request.socket.destroy();
	expect(await call({})).toMatchObject({ ok: false, error: { code: "network_error" }, retryable: true });
	expect(await call({ url: "http://127.0.0.1:1/" })).toMatchObject({ ok: false, error: { code: "network_error" }, retryable: true });
});

test("a call is given up when its caller ends, and not begun when that was before", async () => {
	const controller = new AbortController();
	answer = () => controller.abort("cancelled");
	expect(await call({}, { signal: controller.signal })).toMatchObject({ ok: false, error: { code: "aborted" } });
	expect(await call({}, { signal: controller.signal })).toMatchObject({ ok: false, error: { code: "aborted" } });
	expect(seen).toHaveLength(1);
});

test("what cannot be sent is said so", async () => {
	expect(await call({ headers: [["X-Bad", "a\r\nb: c"]] })).toMatchObject({
		ok: false,
		error: { code: "request_invalid" },
		retryable: false,
	});
	expect(await call({ method: "GET", body: "x" })).toMatchObject({ ok: false, error: { code: "request_invalid" } });
	expect(await call({ url: "nonsense" })).toMatchObject({ ok: false, error: { code: "url_invalid" } });
	expect(seen).toHaveLength(0);
});

const key = "a1".repeat(32);

test("an own endpoint is delivered to in process, one hop further, redirects included", async () => {
	const delivered: [string, string, number][] = [];
	const loopback = async (request: Request, hops: number) => {
		delivered.push([request.url, await request.text(), hops]);
		return new Response('{"status":"accepted"}', { status: 202 });
	};
	const url = `https://inlet.example.com/in/${key}/orders?a=1`;
	expect(await call({ method: "POST", url, body: "{}", hops: 3 }, { loopback })).toMatchObject({ ok: true, status: 202 });
	redirectTo(307, () => `http://localhost/in/${key}`);
	await call({ method: "POST", url: `${here}/start`, body: "again" }, { loopback });
	expect(delivered).toEqual([
		[url, "{}", 4],
		[`http://localhost/in/${key}`, "again", 1],
	]);
});

test("an endpoint of another deployment is called over the network", async () => {
	const loopback = async () => null;
	answer = (_, response) => response.writeHead(202).end();
	expect(await call({ method: "POST", url: `${here}/in/${key}`, body: "{}" }, { loopback })).toMatchObject({ ok: true, status: 202 });
	expect(seen).toMatchObject([{ method: "POST", body: "{}" }]);
	expect(await call({ url: `http://169.254.169.254/in/${key}` }, { loopback })).toMatchObject({
		ok: false,
		error: { code: "egress_refused" },
	});
});

test("a chain of integrations ends after ten", async () => {
	const loopback = async () => new Response(null, { status: 202 });
	expect(await call({ url: `${here}/in/${key}`, hops: 9 }, { loopback })).toMatchObject({ ok: true });
	expect(await call({ url: `${here}/in/${key}`, hops: 10 }, { loopback })).toMatchObject({
		ok: false,
		error: { code: "too_many_hops" },
		retryable: false,
	});
});

test("a delivery in process that hangs times out like any other", async () => {
	const loopback = () => new Promise<null>(() => {});
	expect(await call({ url: `${here}/in/${key}`, timeoutMs: 100 }, { loopback })).toMatchObject({ ok: false, error: { code: "timeout" } });
});
