import { expect, test } from "vitest";
import { app } from "../../worker/api/app";
import { send } from "../given/api";

interface Operation {
	summary: string;
	parameters: { name: string; in: string }[];
	requestBody?: { content: { "application/json": { schema: { properties: Record<string, unknown>; required?: string[] } } } };
	responses: Record<string, { content?: { "application/json": { schema: Record<string, unknown> } } }>;
	security: object[];
}

async function read(): Promise<{ openapi: string; servers: unknown; paths: Record<string, Record<string, Operation>> }> {
	return (await send("GET", "/api/openapi.json")).json();
}

test("the document describes every route, with its parameters and what it answers", async () => {
	const { openapi, paths } = await read();
	expect(openapi).toBe("3.1.0");
	for (const { method, path } of app.routes) {
		if (method === "ALL") continue;
		const operation = paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
		expect([method, path, operation?.summary]).toEqual([method, path, expect.stringMatching(/\w/)]);
		const named = operation?.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
		expect([path, named]).toEqual([path, [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)]);
		const [status, ...rest] = Object.keys(operation?.responses ?? {});
		expect([path, rest]).toEqual([path, ["default"]]);
		const silent = ["204", "101"].includes(status ?? "") || path === "/api/openapi.json";
		expect([method, path, operation?.responses[status ?? ""]?.content !== undefined]).toEqual([method, path, !silent]);
	}
});

test("bodies are described as they are to be sent, answers as they come", async () => {
	const { paths } = await read();
	const make = paths["/api/integrations"]?.post;
	expect(make?.requestBody?.content["application/json"].schema).toMatchObject({ properties: { workflow: { properties: { steps: {} } } } });
	const save = paths["/api/integrations/{id}"]?.patch?.requestBody?.content["application/json"].schema;
	expect(Object.keys(save?.properties ?? {})).toEqual(
		expect.arrayContaining(["version", "name", "webhook", "ordering", "workflow", "vars"]),
	);
	expect(save?.required ?? []).toEqual([]);
	const rotate = paths["/api/integrations/{id}/webhook/rotate"]?.post;
	expect(rotate?.requestBody?.content["application/json"].schema).toMatchObject({
		properties: { graceSeconds: { type: "integer" } },
		additionalProperties: false,
	});
	expect(rotate?.responses["200"]?.content?.["application/json"].schema).toMatchObject({
		properties: { webhook: { properties: { url: {} } } },
	});
	expect(paths["/api/integrations"]?.get?.parameters.map(({ name }) => name)).toEqual(["limit", "cursor", "search", "category", "status"]);
});

test("it says who may call what", async () => {
	const { paths } = await read();
	expect(paths["/api/health"]?.get?.security).toEqual([]);
	expect(paths["/api/tokens"]?.post?.security).toEqual([{ session: [] }]);
	expect(paths["/api/tokens"]?.get?.security).toEqual([{ token: [] }, { session: [] }]);
});
