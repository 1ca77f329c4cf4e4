import { expect, test } from "vitest";
import { networkOf } from "../../worker/api/throttle";

test("an address counts with its neighbours where one customer has them all", () => {
	expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
	expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
	expect(networkOf("2001:db8:1:2:aaaa::1")).toBe("2001:db8:1:2::/64");
	expect(networkOf("2001:0DB8:0001:0002::2")).toBe("2001:db8:1:2::/64");
	expect(networkOf("nonsense")).toBeNull();
	expect(networkOf(undefined)).toBeNull();
});
