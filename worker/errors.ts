/** What went wrong, as callers and people see it. The code is part of the public contract; the message is for people. */
export interface Problem {
	code: string;
	message: string;
	details?: unknown;
}

/**
 * An error that an API caller may see. Thrown inside one isolate only: classes do not survive RPC,
 * so objects answer with results and the API turns those into this.
 */
export class ApiError extends Error {
	constructor(
		readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 503,
		readonly code: string,
		message: string,
		readonly details?: unknown,
	) {
		super(message);
		this.name = "ApiError";
	}
}

/** The error's text, safe to store: no NUL, one line, at most `limit` characters, so that recording a failure cannot fail. */
export function describeError(error: unknown, limit = 500): string {
	const text = error instanceof Error ? error.message : String(error);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
	return text.replace(/[\u0000-\u001f\u007f]+/g, " ").slice(0, limit);
}

/**
 * What `work` comes to, for who cannot wait for ever: what hangs must not take others with it.
 * @param ms after which it is given up; the work itself goes on
 * @throws what it throws, or an error that says so
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const end = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
	});
	try {
		return await Promise.race([work, end]);
	} finally {
		clearTimeout(timer);
	}
}

/** Proves at compile time that every case was handled. */
export function assertNever(value: never): never {
	throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
