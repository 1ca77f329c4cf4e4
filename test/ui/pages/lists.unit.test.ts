import { describe, expect, it } from "vitest";
import { readFilters, writeFilters } from "../../../ui/pages/automations/list-filters";
import { hostsOf, problemOfHost } from "../../../ui/pages/connections/kinds";
import { describeBytes } from "../../../ui/pages/settings/bytes";
import { rolesUpTo } from "../../../ui/pages/settings/roles";

describe("the filters of My Automations", () => {
	it("survive the way through the address", () => {
		const filters = { search: "stock & co", category: "Shop", status: "paused" } as const;
		expect(readFilters(Object.fromEntries(new URLSearchParams(writeFilters(filters))))).toEqual(filters);
	});

	it("leave no trace where nothing is narrowed", () => {
		expect(writeFilters(readFilters({}))).toEqual({});
	});

	it("ignore a status that does not exist", () => {
		expect(readFilters({ status: "sleeping" }).status).toBe("");
	});
});

describe("hosts of a connection", () => {
	it("come one a line or parted by commas, each once", () => {
		expect(hostsOf("API.shop.example\n\n*.shop.example, api.shop.example")).toEqual(["api.shop.example", "*.shop.example"]);
	});

	it.each(["api.shop.example", "*.shop.example", "localhost", "localhost:8787", "10.0.0.1"])("%s is fine", (host) => {
		expect(problemOfHost(host)).toBeNull();
	});

	it.each(["https://shop.example", "shop.example/api", "*", "sho*p.example", "-shop"])("%s is refused with a reason", (host) => {
		expect(problemOfHost(host)).toContain(host);
	});
});

describe("figures and roles in Settings", () => {
	it.each([
		[0, "0 bytes"],
		[1_540, "1.5 KB"],
		[5_000_000_000, "5 GB"],
		[734_003_200, "734 MB"],
	])("%d bytes read %s", (bytes, words) => {
		expect(describeBytes(bytes)).toBe(words);
	});

	it("nobody gives a role above their own", () => {
		expect(rolesUpTo("admin")).toEqual(["admin", "member", "viewer"]);
		expect(rolesUpTo(undefined)).toEqual([]);
	});
});
