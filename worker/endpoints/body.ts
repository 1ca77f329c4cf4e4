/** Largest body that is accepted; what a message between objects can carry together with the rest (32 MiB). */
export const BODY_MAX_BYTES = 10 * 1024 * 1024;

export type BodyRead =
	| { status: "read"; body: ArrayBuffer }
	| { status: "too_large"; head: ArrayBuffer; atLeast: number }
	| { status: "broken_off" };

/** Bytes kept of a body that is too large, to show what it was. */
const HEAD_BYTES = 64 * 1024;

/** Reads a body to the end, by the bytes that come and not by what the sender declared. */
export async function readBody(request: Request): Promise<BodyRead> {
	const declared = Number(request.headers.get("content-length") ?? Number.NaN);
	try {
		if (request.body === null) return { status: "read", body: new ArrayBuffer(0) };
		// The server reads as many bytes as were declared and no more, so a small declared length needs no counting.
		if (declared <= BODY_MAX_BYTES) return { status: "read", body: await request.arrayBuffer() };
		const read = await readCounting(request.body);
		return read.status === "too_large" && declared > read.atLeast ? { ...read, atLeast: declared } : read;
	} catch {
		return { status: "broken_off" };
	}
}

async function readCounting(stream: ReadableStream<Uint8Array>): Promise<Exclude<BodyRead, { status: "broken_off" }>> {
	const parts: Uint8Array[] = [];
	let length = 0;
	const reader = stream.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		parts.push(value);
		length += value.byteLength;
		if (length > BODY_MAX_BYTES) {
			await reader.cancel();
			return { status: "too_large", head: join(parts, HEAD_BYTES), atLeast: length };
		}
	}
	return { status: "read", body: join(parts, length) };
}

function join(parts: Uint8Array[], length: number): ArrayBuffer {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		if (at >= length) break;
		const piece = part.subarray(0, length - at);
		whole.set(piece, at);
		at += piece.byteLength;
	}
	return whole.buffer;
}
