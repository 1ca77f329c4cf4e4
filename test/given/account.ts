/** What a test starts from, made through the public API. */

export const PASSWORD = "correct horse battery staple";

export interface Account {
	email: string;
	/** Cookie header of a session of its own, beside the browser's. */
	cookie: string;
	call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
}

/** A person who has signed up. */
export async function givenAccount(url: string): Promise<Account> {
	const email = `${crypto.randomUUID()}@example.com`;
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
