import { scryptSync } from "node:crypto";
import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "../../worker/api/password";

test("a password is kept as a salted hash that carries its parameters", async () => {
	const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
	expect(one).toMatch(/^scrypt\$16384\$8\$5\$[\w+/=]+\$[\w+/=]+$/);
	expect(one).not.toBe(two);
	expect(await verifyPassword({ hash: one, password: "correct horse" })).toBe(true);
	expect(await verifyPassword({ hash: one, password: "Correct horse" })).toBe(false);
});

test("a hash made with other parameters still verifies", async () => {
	const salt = Buffer.from("0123456789abcdef");
	const key = scryptSync("old", salt, 32, { N: 1024, r: 8, p: 1 });
	const hash = `scrypt$1024$8$1$${salt.toString("base64")}$${key.toString("base64")}`;
	expect(await verifyPassword({ hash, password: "old" })).toBe(true);
	expect(await verifyPassword({ hash: "plain$old", password: "old" })).toBe(false);
});

test("letters that look the same are the same, however a keyboard composes them", async () => {
	const hash = await hashPassword("caf\u00e9 au lait");
	expect(await verifyPassword({ hash, password: "cafe\u0301 au lait" })).toBe(true);
});

test("a crowd is turned away, and the queue goes on", async () => {
	const crowd = await Promise.allSettled(
		Array.from({ length: 40 }, () => verifyPassword({ hash: "scrypt$1024$8$1$AA==$AA==", password: "x" })),
	);
	expect(crowd.filter(({ status }) => status === "rejected")).toHaveLength(10);
	expect(await verifyPassword({ hash: "scrypt$1024$8$1$AA==$AA==", password: "x" })).toBe(false);
});
