import { describe, expect, it } from "vitest";
import { differences, rebase } from "../../ui/pages/editor/rebase";

const step = (id: string, condition = "true") => ({ id, type: "filter", condition });
const draft = (part: Record<string, unknown> = {}) => ({
	name: "Stock",
	description: "",
	categories: ["a"],
	webhook: { enabled: false, methods: ["POST"] },
	schedule: { enabled: false },
	ordering: { mode: "none" },
	retention: { days: 30, bytes: 2_000_000_000 },
	silenceMinutes: null,
	onFailureIntegrationId: null,
	vars: { warehouse: "MAIN" },
	workflow: { steps: [step("one"), step("two")] },
	...part,
});
const ids = (merged: { workflow: { steps: { id: string }[] } }) => merged.workflow.steps.map((one) => one.id).join();

describe("two people save the same integration", () => {
	it("keeps both changes where they touch different fields", () => {
		const mine = draft({ name: "Mine" });
		const theirs = draft({ description: "theirs", vars: { warehouse: "MAIN", extra: 1 } });
		expect(rebase(draft(), mine, theirs)).toEqual({
			...draft(),
			name: "Mine",
			description: "theirs",
			vars: { warehouse: "MAIN", extra: 1 },
		});
		expect(differences(draft(), mine, theirs)).toMatchObject([{ key: "name", both: false }]);
	});

	it("asks where both changed the same, mine unless theirs is taken", () => {
		const mine = draft({ name: "Mine", webhook: { enabled: true, methods: ["PUT"] } });
		const theirs = draft({ name: "Theirs", webhook: { enabled: false, methods: ["GET"] } });
		expect(differences(draft(), mine, theirs).map((one) => [one.label, one.both])).toEqual([
			["Name", true],
			["Webhook, enabled", false],
			["Methods it takes", true],
		]);
		expect(rebase(draft(), mine, theirs).webhook).toEqual({ enabled: true, methods: ["PUT"] });
		expect(rebase(draft(), mine, theirs, new Set(["webhook.methods"])).webhook).toEqual({ enabled: true, methods: ["GET"] });
	});

	it("keeps apart how long, how much, what silence is and who runs at a failure, each under a name for people", () => {
		const mine = draft({ retention: { days: 7, bytes: 2_000_000_000 }, silenceMinutes: 60, onFailureIntegrationId: "int_mine" });
		const theirs = draft({ retention: { days: 30, bytes: 50_000_000 }, onFailureIntegrationId: "int_theirs" });
		expect(rebase(draft(), mine, theirs)).toEqual({ ...mine, retention: { days: 7, bytes: 50_000_000 } });
		expect(differences(draft(), mine, theirs).map((one) => [one.label, one.both])).toEqual([
			["Keep events for, days", false],
			["Alert after so many minutes without an event", false],
			["When an event fails, run", true],
		]);
	});

	it("says nothing where both typed the same", () => {
		expect(differences(draft(), draft({ name: "Same" }), draft({ name: "Same" }))).toEqual([]);
	});

	it("brings steps together: added by either, changed by either", () => {
		const mine = draft({ workflow: { steps: [step("one", "mine"), step("added"), step("two")] } });
		const theirs = draft({ workflow: { steps: [step("one"), step("two", "theirs"), step("last")] } });
		const merged = rebase(draft(), mine, theirs);
		expect(ids(merged)).toBe("one,added,two,last");
		expect(merged.workflow.steps).toContainEqual(step("one", "mine"));
		expect(merged.workflow.steps).toContainEqual(step("two", "theirs"));
	});

	it("keeps a removal by either", () => {
		const mine = draft({ workflow: { steps: [step("two")] } });
		const theirs = draft({ workflow: { steps: [step("one"), step("two"), step("three")] } });
		expect(ids(rebase(draft(), mine, theirs))).toBe("two,three");
	});

	it("keeps my new order, and theirs where I did not reorder", () => {
		const turned = draft({ workflow: { steps: [step("two"), step("one")] } });
		expect(ids(rebase(draft(), turned, draft()))).toBe("two,one");
		expect(ids(rebase(draft(), draft({ name: "x" }), turned))).toBe("two,one");
	});

	it("removes a variable that I removed", () => {
		expect(rebase(draft(), draft({ vars: {} }), draft({ vars: { warehouse: "MAIN", other: 1 } })).vars).toEqual({ other: 1 });
	});
});
