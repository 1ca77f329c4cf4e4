import { expect, test } from "vitest";
import { rotate } from "../../worker/integrations/save";

const NOW = 1_000_000;

test("a rotation keeps the URL of before for its grace, and no longer", () => {
	const first = [{ generation: 1, expiresAt: null }];
	expect(rotate(first, 0, NOW)).toEqual([{ generation: 2, expiresAt: null }]);
	expect(rotate(first, 5000, NOW)).toEqual([
		{ generation: 1, expiresAt: NOW + 5000 },
		{ generation: 2, expiresAt: null },
	]);
});

test("a later rotation leaves earlier ones their own end, and forgets those that are over", () => {
	const list = [
		{ generation: 1, expiresAt: NOW - 1 },
		{ generation: 2, expiresAt: NOW + 10 },
		{ generation: 3, expiresAt: null },
	];
	expect(rotate(list, 5000, NOW)).toEqual([
		{ generation: 2, expiresAt: NOW + 10 },
		{ generation: 3, expiresAt: NOW + 5000 },
		{ generation: 4, expiresAt: null },
	]);
});

test("a rotation may end those in their grace as well, and leaves the one of before its own", () => {
	const list = [
		{ generation: 2, expiresAt: NOW + 10 },
		{ generation: 3, expiresAt: null },
	];
	expect(rotate(list, 0, NOW, true)).toEqual([{ generation: 4, expiresAt: null }]);
	expect(rotate(list, 5000, NOW, true)).toEqual([
		{ generation: 3, expiresAt: NOW + 5000 },
		{ generation: 4, expiresAt: null },
	]);
});

test("never more than five URLs answer", () => {
	let list = rotate([], 0, NOW);
	for (let i = 0; i < 9; i++) list = rotate(list, 5000, NOW);
	expect(list.map(({ generation }) => generation)).toEqual([6, 7, 8, 9, 10]);
});
