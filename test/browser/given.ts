import { createServer, type IncomingMessage } from "node:http";

/** What a test starts from, made through the public API. */

export const PASSWORD = "correct horse battery staple";

export interface Account {
	email: string;
	/** Cookie header of a session of its own, beside the browser's. */
	cookie: string;
	call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
}

let count = 0;

/** A person who has signed up. */
export async function givenAccount(url: string): Promise<Account> {
	const email = `person-${process.pid}-${++count}@example.com`;
	const response = await fetch(`${url}/api/auth/sign-up/email`, {
		method: "POST",
		headers: { "content-type": "application/json", origin: url },
		body: JSON.stringify({ name: "Ada Example", email, password: PASSWORD }),
	});
	if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
	await response.body?.cancel();
	const cookie = response.headers
		.getSetCookie()
		.map((line) => line.split(";")[0])
		.join("; ");
	return { email, cookie, call: (method, path, body) => call(url, cookie, method, path, body) };
}

async function call<T>(url: string, cookie: string, method: string, path: string, body: unknown): Promise<T> {
	const response = await fetch(url + path, {
		method,
		headers: { "content-type": "application/json", origin: url, cookie },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
	return JSON.parse(text) as T;
}

/** Stock of a warehouse to the shop at `target`: renames two fields, lets positive stock pass, puts it to the shop. */
export function stockWorkflow(target: string): unknown {
	return {
		steps: [
			{ id: "map", type: "map", name: "Read the stock", output: { sku: "{{ event.body.sku }}", stock: "{{ event.body.quantity }}" } },
			{ id: "positive", type: "filter", name: "Only what is in stock", condition: "steps.map.stock > 0" },
			{
				id: "push",
				type: "http",
				name: "Update the shop",
				method: "PUT",
				url: `${target}/products/{{ steps.map.sku }}`,
				body: "{{ steps.map }}",
			},
		],
	};
}

export interface Shop {
	url: string;
	received: { method: string; path: string; body: string }[];
	close: () => Promise<void>;
}

/** Somebody else's system, which says what it received. */
export async function givenShop(): Promise<Shop> {
	const received: Shop["received"] = [];
	const server = createServer(async (request, response) => {
		received.push({ method: request.method ?? "", path: request.url ?? "", body: await textOf(request) });
		response.writeHead(200, { "content-type": "application/json" });
		response.end(JSON.stringify({ updated: true, by: "the shop" }));
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no address");
	return {
		url: `http://127.0.0.1:${address.port}`,
		received,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}
