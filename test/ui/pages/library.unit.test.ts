import { describe, expect, it } from "vitest";
import { aboutOf, answersOf, firstAnswers, problemsOf, STAND_IN } from "../../../ui/pages/library/answers";
import { byCategory, matching } from "../../../ui/pages/library/catalogue";
import type { Template } from "../../../worker/api/types";

type Question = Template["questions"][number];

function question(id: string, part: Partial<Question> = {}): Question {
	return { id, label: id, help: "", type: "text", required: false, ...part };
}

function template(name: string, part: Partial<Template> = {}): Template {
	return {
		id: name.toLowerCase(),
		name,
		summary: "",
		description: "",
		categories: [],
		trigger: "webhook",
		connections: [],
		sibling: null,
		questions: [],
		steps: [],
		...part,
	};
}

describe("the Library", () => {
	it("shows templates under their first category, those without one last", () => {
		const groups = byCategory([
			template("A"),
			template("B", { categories: ["Stock"] }),
			template("C", { categories: ["Orders", "Stock"] }),
		]);
		expect(groups.map(({ category, templates }) => [category, templates.map(({ name }) => name)])).toEqual([
			["Orders", ["C"]],
			["Stock", ["B"]],
			["Other", ["A"]],
		]);
	});

	it("finds a template by words from anywhere in it, in any order", () => {
		const all = [template("Stock sync", { summary: "Warehouse to shop" }), template("Orders", { connections: ["Shop"] })];
		expect(matching(all, "SHOP stock").map(({ name }) => name)).toEqual(["Stock sync"]);
		expect(matching(all, "shop")).toHaveLength(2);
		expect(matching(all, "  ")).toHaveLength(2);
	});
});

describe("the wizard", () => {
	const shop = question("shop", { type: "integration", required: true, standIn: "Make one" });
	const pace = question("pace", { type: "number", default: 10, required: true });
	const address = question("address", { type: "url" });
	const asking = template("Stock", { questions: [shop, pace, address] });

	it("begins with the defaults, and with a stand-in where one is offered", () => {
		expect(firstAnswers(asking)).toEqual({ shop: STAND_IN, pace: "10", address: "" });
	});

	it("goes on when everything needed is there", () => {
		expect(problemsOf(asking, "Stock", firstAnswers(asking), "Questions")).toEqual({});
	});

	it("says which answer is missing or makes no sense", () => {
		const problems = problemsOf(asking, "Stock", { shop: "", pace: "often", address: "ftp://x" }, "Questions");
		expect(Object.keys(problems)).toEqual(["shop", "pace", "address"]);
	});

	it("takes another integration or an address where it asks for an integration", () => {
		for (const answer of ["int_0123456789abcdef", "https://shop.example/stock"])
			expect(problemsOf(asking, "Stock", { ...firstAnswers(asking), shop: answer }, "Questions")).toEqual({});
		expect(problemsOf(asking, "Stock", { ...firstAnswers(asking), shop: "shop.example" }, "Questions")).toHaveProperty("shop");
	});

	it("lets an address hold expressions", () => {
		expect(
			problemsOf(asking, "Stock", { ...firstAnswers(asking), address: "https://shop.example/{{ event.body.sku }}" }, "Questions"),
		).toEqual({});
	});

	it("does not go on without a name", () => {
		expect(problemsOf(asking, "  ", {}, "Name")).toHaveProperty("name");
	});

	it("sends numbers as numbers and leaves out what was not answered", () => {
		expect(answersOf(asking, { shop: STAND_IN, pace: "15", address: " " })).toEqual({ shop: STAND_IN, pace: 15 });
	});

	it("describes the new integration by its recipe, unless that is empty", () => {
		expect(aboutOf(template("A", { summary: "Does it", categories: ["Stock"], steps: ["Map"] }))).toEqual({
			description: "Does it",
			categories: ["Stock"],
		});
		expect(aboutOf(template("Blank", { summary: "Nothing yet" }))).toEqual({});
	});
});
