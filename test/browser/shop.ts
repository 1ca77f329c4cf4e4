import { createServer, type IncomingMessage } from "node:http";

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
