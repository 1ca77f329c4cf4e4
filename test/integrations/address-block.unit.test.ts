import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isAddressBlock, isInBlocks } from "../../worker/integrations/address-block";

test("addresses and blocks in their usual spellings are known, and nothing else is", () => {
	const known = [
		"203.0.113.7",
		"203.0.113.0/24",
		"0.0.0.0/0",
		"2001:db8::1",
		"2001:DB8::/32",
		"::/0",
		"::ffff:10.0.0.1",
		" 10.0.0.1 ",
		"::1/128",
	];
	expect(known.filter((text) => !isAddressBlock(text))).toEqual([]);
	const unknown = [
		...["", "10", "10.1", "010.0.0.1", "0x0a.0.0.1", "167772161", "10.0.0.256", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/", "10.0.0.1/8/8"],
		...["::1/129", "fe80::1%eth0", "::ffff:10.0.0.0/104", "example.com", "10.0.0.1,10.0.0.2", "10.0.0.1/255.0.0.0", "10.0.0.*", "[::1]"],
	];
	expect(unknown.filter(isAddressBlock)).toEqual([]);
});

describe("an address is in a list", () => {
	it.each([
		["203.0.113.7", ["203.0.113.7"]],
		["203.0.113.255", ["10.0.0.0/8", "203.0.113.0/24"]],
		["203.0.113.9", ["203.0.113.7/24"]],
		["::ffff:203.0.113.7", ["203.0.113.7"]],
		["203.0.113.7", ["::ffff:203.0.113.7"]],
		["2001:db8:1::5", ["2001:db8::/32"]],
		["2001:0DB8:0:0:0:0:0:1", ["2001:db8::1"]],
		["8.8.8.8", ["0.0.0.0/0"]],
	])("%s in %j", (address, blocks) => expect(isInBlocks(blocks, address)).toBe(true));

	it.each([
		["203.0.113.8", ["203.0.113.7"]],
		["203.0.114.0", ["203.0.113.0/24"]],
		["2001:db9::1", ["2001:db8::/32"]],
		["8.8.8.8", ["::/0"]],
		["::1", ["0.0.0.0/0"]],
		["", ["0.0.0.0/0", "::/0"]],
		["203.0.113.7, 10.0.0.1", ["0.0.0.0/0", "::/0"]],
		["unknown", ["0.0.0.0/0"]],
		["203.0.113.7", []],
	])("%s not in %j", (address, blocks) => expect(isInBlocks(blocks, address)).toBe(false));

	it("where its first bits are the block's", () => {
		const number = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
		fc.assert(
			fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, network, bits) => {
				const same = Math.floor(number(address) / 2 ** (32 - bits)) === Math.floor(number(network) / 2 ** (32 - bits));
				expect(isInBlocks([`${network}/${bits}`], address)).toBe(same);
			}),
		);
	});
});
