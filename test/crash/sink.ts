import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The other system, a process of its own: a call is on its disk before it is answered. Started with the file to write;
 * tells its parent the port.
 */
const file = openSync(process.argv[2] ?? "", "a");
const SLOWEST_MS = 12;

const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of request) chunks.push(chunk);
	} catch {
		return; // The caller died before its request had left.
	}
	const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
	writeSync(file, `${JSON.stringify({ ...body, idempotencyKey: request.headers["idempotency-key"] ?? "" })}\n`);
	fsyncSync(file);
	// Some answers are slow, so that kills fall into calls under way.
	await sleep(Math.random() * SLOWEST_MS);
	response.writeHead(200, { "content-type": "application/json" });
	response.end('{"ok":true}');
});
server.listen(0, "127.0.0.1", () => {
	const address = server.address();
	if (address !== null && typeof address === "object") process.send?.(address.port);
});
process.on("disconnect", () => {
	closeSync(file);
	process.exit();
});
