/**
 * `npm run test:fuzz [-- --requests 20000] [-- --seed 7] [-- --port 8850]`: random requests, well formed and not, at two
 * endpoints of a running `npm run dev`; then all that is stored must be what was sent. Ends with one JSON line.
 */
import { parseArgs } from "node:util";
import { startDevServer } from "../dev-server.ts";
import { fuzzServer } from "./server.ts";

const { values: options } = parseArgs({
	options: { requests: { type: "string", default: "20000" }, seed: { type: "string" }, port: { type: "string" } },
});
const seed = Number(options.seed ?? Math.floor(Math.random() * 1_000_000));
console.log(`seed ${seed}, ${options.requests} requests`);
const server = await startDevServer(options.port === undefined ? {} : { port: Number(options.port) });
try {
	const { figures, found } = await fuzzServer(server, seed, Number(options.requests));
	for (const sentence of found.slice(0, 40)) console.log(`BROKEN ${sentence}`);
	console.log(JSON.stringify({ ...figures, broken: found.length }));
	process.exitCode = found.length === 0 ? 0 : 1;
} finally {
	await server.stop();
}
