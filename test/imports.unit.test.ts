import { expect, test } from "vitest";
import { offences } from "./imports.mjs";
import { emptyWords } from "./words.mjs";

const files = (texts: Record<string, string>) => new Map(Object.entries(texts));

test("an import down the page passes", () => {
	expect(
		offences(
			files({
				"worker/endpoints/receive.ts": 'import { seal } from "../connections/vault";\nimport type { Row } from "../db/rows";',
				"worker/connections/vault.ts": 'import { newId } from "../ids";',
				"worker/db/rows.ts": "",
				"worker/ids.ts": "",
			}),
		),
	).toEqual([]);
});

test.each([
	[
		"endpoints importing executions",
		"worker/endpoints/receive.ts",
		'import { run } from "../executions/run";',
		"endpoints may not import executions",
	],
	["executions importing endpoints", "worker/executions/run.ts", 'import("../endpoints/receive");', "executions may not import endpoints"],
	["a noun importing a stage", "worker/events/accept.ts", 'import type { Api } from "../api/app";', "events may not import api"],
	["a leaf importing upwards", "worker/ids.ts", 'export * from "./events/protocol";', "ids may not import events"],
	["the worker importing the UI", "worker/api/app.ts", 'import { x } from "../../ui/main";', "the worker imports ui/main"],
	[
		"the UI importing another part's types",
		"ui/main.tsx",
		'import type { A } from "../worker/events/protocol/lease";',
		"it may import types from worker/api alone",
	],
	["the UI importing values of the API", "ui/main.tsx", 'import { app } from "../worker/api/app";', "more than types"],
	["a folder that the table does not know", "worker/lib/x.ts", 'import { newId } from "../ids";', "lib has no row"],
	["a call beside the outbound door", "worker/executions/steps/http.ts", "const answer = await fetch(url);", "raw fetch"],
	["fetch handed to somebody else", "worker/connections/grant.ts", "refresh({ send: fetch });", "raw fetch"],
	["a socket beside the outbound door", "worker/connections/mail.ts", 'import { connect } from "cloudflare:sockets";', "opens a socket"],
])("%s is an offence", (_, path, text, complaint) => {
	const found = offences(files({ [path]: `// first line\n${text}` }));
	expect(found).toHaveLength(1);
	expect(found[0]).toContain(`${path}:2 `);
	expect(found[0]).toContain(complaint);
});

test("handlers named fetch, bindings' fetch and the doors themselves are no raw calls", () => {
	expect(
		offences(
			files({
				"worker/index.ts":
					"export default {\n\tfetch: (request, env, ctx) => app.fetch(request, env, ctx),\n\tasync fetch(request: Request): Promise<Response> {\n",
				"worker/executions/egress.ts": "await fetch(url);",
				"ui/api.ts": "await fetch(url);",
			}),
		),
	).toEqual([]);
});

test("the preview stays free of the platform, down to its last import", () => {
	const found = offences(
		files({
			"worker/executions/expressions.ts": 'import { a } from "./templates";',
			"worker/executions/templates.ts": 'import { Buffer } from "node:buffer";',
		}),
	);
	expect(found).toEqual([expect.stringContaining("worker/executions/templates.ts:1 node:buffer does not run in the browser")]);
});

test("a circle of values is an offence, a circle of types is none", () => {
	const circle = (word: string) => files({ "worker/db/a.ts": `${word} { b } from "./b";`, "worker/db/b.ts": `${word} { a } from "./a";` });
	expect(offences(circle("import"))).toEqual([expect.stringContaining("worker/db/a.ts → worker/db/b.ts → worker/db/a.ts")]);
	expect(offences(circle("import type"))).toEqual([]);
});

test("names that say nothing and unfinished marks are found", () => {
	expect(emptyWords(files({ "ui/utils/x.ts": "" }))).toEqual(['ui/utils/x.ts:1 "utils" names nothing']);
	const mark = ["TO", "DO"].join("");
	expect(emptyWords(files({ "ui/x.ts": `\n// ${mark} later` }))).toEqual(["ui/x.ts:2 unfinished work"]);
});
