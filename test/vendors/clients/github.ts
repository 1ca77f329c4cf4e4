import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhooks } from "@octokit/webhooks";
import SmeeClient from "smee-client";
import { type Answer, type Client, json, NAME, newId, random, type Signed, shared } from "../client.ts";

const github: Client = {
	sender: "github",
	package: "@octokit/webhooks",
	calls: "Webhooks.sign",
	keys: shared(() => random("hex")),
	sign: async (url, secret) => {
		const body = JSON.stringify({
			ref: "refs/heads/main",
			after: newId(),
			repository: { id: 1, full_name: "example/shop" },
			pusher: { name: NAME },
		});
		const signature = await new Webhooks({ secret }).sign(body);
		const headers = { "x-github-event": "push", "x-github-delivery": newId(), "x-hub-signature-256": signature };
		return { url, headers: json(headers), body, name: "push" };
	},
};

/** GitHub's deliveries as Smee brings them to a developer's machine: its client reads them off a channel and posts them by itself. */
const smee: Client = { ...github, way: "through Smee", package: "smee-client", calls: "SmeeClient.start", post: postThroughSmee };

async function postThroughSmee({ url, headers, body }: Signed): Promise<Answer> {
	const delivery = { ...headers, body: JSON.parse(body), query: {}, timestamp: Date.now() };
	const channel = createServer((_, response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		response.write(`id: ${delivery.timestamp}\ndata: ${JSON.stringify(delivery)}\n\n`);
	});
	await new Promise<void>((done) => channel.listen(0, "127.0.0.1", done));
	const { port } = channel.address() as AddressInfo;
	const posted = Promise.withResolvers<Answer>();
	const logger = {
		info: (line: string) => {
			const status = /^POST \S+ - (\d{3})$/.exec(line)?.[1];
			if (status) posted.resolve({ status: Number(status), text: null });
		},
		error: (...what: unknown[]) => posted.reject(new Error(what.join(" "))),
	};
	const client = new SmeeClient({ source: `http://127.0.0.1:${port}/channel`, target: url, logger });
	try {
		await client.start();
		return await posted.promise;
	} finally {
		await client.stop();
		channel.closeAllConnections();
		channel.close();
	}
}

export const githubClients = [github, smee];
