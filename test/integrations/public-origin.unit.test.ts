import { expect, test } from "vitest";
import { originsOf } from "../../worker/integrations/public-origin";

const NONE = { ENDPOINT_ORIGIN: "", PUBLIC_URL: "" };

test.each([
	["as it was copied", NONE, "http://localhost:8787", "http://localhost:8787", "http://localhost:8787"],
	[
		"through a tunnel, which speaks HTTPS outside",
		NONE,
		"http://abc.tunnel.example",
		"http://localhost:8787",
		"https://abc.tunnel.example",
	],
	["under a second domain", NONE, "https://two.example", "https://one.example", "https://two.example"],
	["the host that is set", { ...NONE, PUBLIC_URL: "https://one.example/" }, "http://10.0.0.7", "", "https://one.example"],
	[
		"the host set for webhooks",
		{ ENDPOINT_ORIGIN: "https://h.example", PUBLIC_URL: "https://u.example" },
		"https://u.example",
		"",
		"https://h.example",
	],
])("most likely is %s", (_, env, called, stored, first) => {
	const origins = originsOf(env, called, stored);
	expect(origins[0]).toBe(first);
	expect(origins).toContain(called);
	if (stored !== "") expect(origins).toContain(stored);
	expect(new Set(origins).size).toBe(origins.length);
});
