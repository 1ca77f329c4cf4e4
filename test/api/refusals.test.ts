import { expect, test } from "vitest";
import { codeOf, givenIntegration, givenPerson } from "../given/api";

/** Bodies and queries that programs send by mistake or by malice. */

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

test("a body nested too deep is refused on every route, before anything walks it", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	for (const [method, path, field] of [
		["PATCH", `/api/integrations/${id}`, "vars"],
		["POST", `/api/integrations/${id}/run`, "body"],
		["POST", `/api/integrations/${id}/check`, "workflow"],
		["POST", "/api/integrations", "answers"],
	] as const) {
		for (const depth of [64, 20_000]) {
			const refused = await ada.send(method, path, { body: `{"version":1,"${field}":${nested(depth)}}` });
			expect([path, depth, refused.status, await codeOf(refused)]).toEqual([path, depth, 422, "too_deep"]);
		}
	}
	expect((await ada.send("PATCH", `/api/integrations/${id}`, { body: `{"version":1,"vars":{"deep":${nested(62)}}}` })).status).toBe(200);
});
