import { expect, test } from "vitest";
import * as z from "zod";
import { parse } from "../../worker/api/body";
import type { ApiError } from "../../worker/errors";

const schema = z.strictObject({
	name: z.string().min(1),
	password: z.string().min(8).max(9),
	email: z.email(),
	count: z.int().min(1).max(5),
	kind: z.enum(["a", "b"]),
	list: z.array(z.strictObject({ id: z.string() })),
});
const good = { name: "x", password: "12345678", email: "a@example.com", count: 1, kind: "a", list: [] };

test("what is wrong is said in words, and by the field's path", () => {
	const said = (bad: object): unknown => {
		try {
			parse(schema, { ...good, ...bad });
			return null;
		} catch (error) {
			return ((error as ApiError).details as { problems: { field: string; message: string }[] }).problems.map(
				({ field, message }) => `${field}: ${message}`,
			);
		}
	};
	expect(said({})).toBeNull();
	expect(said({ name: "" })).toEqual(["name: This must not be empty."]);
	expect(said({ name: undefined })).toEqual(["name: This is missing."]);
	expect(said({ name: 7 })).toEqual(["name: Expected string, received number"]);
	expect(said({ password: "short" })).toEqual(["password: At least 8 characters."]);
	expect(said({ password: "much too long" })).toEqual(["password: At most 9 characters."]);
	expect(said({ email: "x" })).toEqual(["email: This is not an email address."]);
	expect(said({ count: 9 })).toEqual(["count: At most 5."]);
	expect(said({ kind: "c" })).toEqual(["kind: This must be a or b."]);
	expect(said({ list: [{ id: "1", colour: "red" }] })).toEqual(["list.0.colour: There is no such field."]);
});
