import { describe, expect, it } from "vitest";
import { byActivity, latest, needingAttention, totalsOf } from "../../../ui/pages/dashboard/overview";
import type { IntegrationSummary } from "../../../worker/api/types";

function integration(name: string, statistics: Partial<IntegrationSummary["statistics"]> = {}): IntegrationSummary {
	return {
		id: name,
		name,
		description: "",
		categories: [],
		version: 1,
		status: "active",
		createdAt: "2026-11-01T00:00:00.000Z",
		updatedAt: "2026-11-01T00:00:00.000Z",
		webhook: { supported: true, enabled: true },
		schedule: { supported: true, enabled: false },
		statistics: {
			received: 0,
			succeeded: 0,
			failed: 0,
			filtered: 0,
			cancelled: 0,
			pending: 0,
			rejected: 0,
			blockedLanes: 0,
			lastReceivedAt: null,
			lastExecutionAt: null,
			lastExecutionStatus: null,
			nextRunAt: null,
			...statistics,
		},
	};
}

const at = (hour: number) => `2026-11-21T${String(hour).padStart(2, "0")}:00:00.000Z`;
const names = (found: IntegrationSummary[]) => found.map(({ name }) => name);

describe("the dashboard", () => {
	it("puts what is blocked first, then what fails now, what does not move and what failed once, the most recent first", () => {
		const all = [
			integration("well", { succeeded: 5, lastExecutionAt: at(9), lastExecutionStatus: "succeeded" }),
			integration("recovered", { failed: 2, lastExecutionAt: at(11), lastExecutionStatus: "succeeded" }),
			integration("failing", { failed: 1, lastExecutionAt: at(8), lastExecutionStatus: "failed" }),
			integration("failing later", { failed: 1, lastExecutionAt: at(10), lastExecutionStatus: "failed" }),
			integration("stuck", { pending: 3, lastReceivedAt: at(9) }),
			integration("blocked", { blockedLanes: 1, failed: 1, lastExecutionAt: at(7), lastExecutionStatus: "failed" }),
		];
		const found = needingAttention(all, Date.parse(at(12)));
		expect(found.map(({ one, reason }) => [one.name, reason])).toEqual([
			["blocked", "blocked"],
			["failing later", "failing"],
			["failing", "failing"],
			["stuck", "stuck"],
			["recovered", "failed"],
		]);
	});

	it("leaves alone what is pending for a moment, or on purpose", () => {
		const busy = integration("busy", { pending: 3, lastReceivedAt: at(11) });
		const paused = { ...integration("paused", { pending: 3, lastReceivedAt: at(1) }), status: "paused" as const };
		expect(needingAttention([busy, paused], Date.parse(at(11)) + 60_000)).toEqual([]);
	});

	it("orders activity by whatever happened last, and leaves out where nothing did", () => {
		const all = [
			integration("quiet"),
			integration("received", { lastReceivedAt: at(12) }),
			integration("ran", { lastReceivedAt: at(1), lastExecutionAt: at(13) }),
		];
		expect(names(byActivity(all))).toEqual(["ran", "received"]);
		expect(latest(integration("quiet"))).toBe("");
	});

	it("adds the counts up", () => {
		const totals = totalsOf([
			integration("a", { received: 3, succeeded: 2, failed: 1 }),
			integration("b", { received: 4, pending: 4, rejected: 7 }),
		]);
		expect(totals).toEqual({ received: 7, succeeded: 2, failed: 1, filtered: 0, pending: 4, rejected: 7 });
	});
});
