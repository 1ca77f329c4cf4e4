import { describe, expect, it } from "vitest";
import { addStep, duplicateStep, freeId, idProblem, idsOf, moveStep, removeStep, renameStep } from "../../ui/designer/steps";
import type { Workflow } from "../../worker/integrations/workflow";

const workflow: Workflow = {
	steps: [
		{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}" } },
		{ id: "positive", type: "filter", condition: "steps.map.stock > 0" },
	],
};

describe("editing the list of steps", () => {
	it("adds under a free id and leaves the old workflow as it was", () => {
		const added = addStep(workflow, 1, "map");
		expect(idsOf(added.workflow)).toEqual(["map", "map2", "positive"]);
		expect(idsOf(workflow)).toEqual(["map", "positive"]);
	});

	it.each([
		[0, 1, "positive,map"],
		[1, 0, "positive,map"],
		[0, 2, "map,positive"], // no such place
		[0, -1, "map,positive"],
		[5, 0, "map,positive"],
	])("moves step %i to %i", (from, to, expected) => {
		expect(idsOf(moveStep(workflow, from, to)).join()).toBe(expected);
	});

	it("removes one", () => {
		expect(idsOf(removeStep(workflow, 0))).toEqual(["positive"]);
	});

	it("duplicates behind the original, as a copy of its own", () => {
		const copied = duplicateStep(workflow, 0);
		expect(copied?.id).toBe("map2");
		expect(copied?.workflow.steps[1]).toEqual({ ...workflow.steps[0], id: "map2" });
		expect(duplicateStep(workflow, 9)).toBeNull();
	});

	it("gives the copy a name of 80 characters at most, none of them cut through", () => {
		const named = (name: string) => duplicateStep({ steps: [{ id: "a", type: "map", name, output: {} }] }, 0)?.workflow.steps[1]?.name;
		expect(named("Read the stock")).toBe("Read the stock (copy)");
		expect(named("📦".repeat(40))).toBe(`${"📦".repeat(36)} (copy)`);
	});

	it("renames, with the references or without", () => {
		expect(renameStep(workflow, 0, "stock", true).steps[1]).toMatchObject({ condition: "steps.stock.stock > 0" });
		expect(renameStep(workflow, 0, "stock", false).steps[1]).toMatchObject({ condition: "steps.map.stock > 0" });
	});

	it("counts on from a number at the end of an id, and keeps to 40 characters", () => {
		expect(freeId("map", ["map", "map2"])).toBe("map3");
		expect(freeId("map2", ["map2"])).toBe("map3");
		expect(freeId("a".repeat(40), ["a".repeat(40)])).toHaveLength(40);
	});

	it("says why an id will not do", () => {
		expect(idProblem("ok_1", [])).toBeNull();
		expect(idProblem("1st", [])).toMatch(/letter first/);
		expect(idProblem("map", ["map"])).toMatch(/Another step/);
		expect(idProblem("constructor", [])).toMatch(/reserved/);
	});
});
