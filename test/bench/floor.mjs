/**
 * The least that any durable receiver does: one object inserts the body in its SQLite and answers 202. It runs no
 * workflow, keeps no ledger and checks no key; the bench measures the product beside it.
 */
import { DurableObject } from "cloudflare:workers";

export class Floor extends DurableObject {
	constructor(ctx, env) {
		super(ctx, env);
		ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
	}

	accept(body) {
		this.ctx.storage.sql.exec("INSERT INTO bodies (body) VALUES (?)", body);
	}
}

export default {
	async fetch(request, env) {
		const name = new URL(request.url).pathname;
		await env.FLOOR.getByName(name).accept(await request.arrayBuffer());
		return Response.json({ status: "accepted" }, { status: 202 });
	},
};
