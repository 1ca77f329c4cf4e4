import type { DBAdapter, DBTransactionAdapter, Where } from "better-auth";
import { hashSecret } from "./secret";

/**
 * A database for the authentication library in which a session's token is stored hashed, so that the table alone opens
 * no session. The library itself sees the token that it asked by or made, as it needs it for the cookie.
 */
export function withHashedTokens(adapter: DBAdapter): DBAdapter {
	return {
		...adapter,
		...wrapped(adapter),
		transaction: (run) => adapter.transaction((inner) => run({ ...inner, ...wrapped(inner) })),
	};
}

type Wrapped = Pick<DBAdapter, "create" | "findOne" | "findMany" | "update" | "delete" | "deleteMany">;

function wrapped(adapter: DBTransactionAdapter): Wrapped {
	return {
		async create<T extends Record<string, unknown>, R = T>(asked: Parameters<DBAdapter["create"]>[0]): Promise<R> {
			const token = asked.model === "session" && typeof asked.data.token === "string" ? asked.data.token : null;
			if (token === null) return adapter.create<T, R>(asked as Parameters<typeof adapter.create<T, R>>[0]);
			const data = { ...asked.data, token: await hashSecret(token) };
			const made = await adapter.create<Record<string, unknown>>({ ...asked, data });
			return { ...made, token } as R;
		},
		findOne: async <T>(asked: Parameters<DBAdapter["findOne"]>[0]) =>
			withToken(await adapter.findOne<T>({ ...asked, where: await hashed(asked.model, asked.where) }), asked),
		findMany: async (asked) => adapter.findMany({ ...asked, ...(asked.where && { where: await hashed(asked.model, asked.where) }) }),
		update: async <T>(asked: Parameters<DBAdapter["update"]>[0]) =>
			withToken(await adapter.update<T>({ ...asked, where: await hashed(asked.model, asked.where) }), asked),
		delete: async (asked) => adapter.delete({ ...asked, where: await hashed(asked.model, asked.where) }),
		deleteMany: async (asked) => adapter.deleteMany({ ...asked, where: await hashed(asked.model, asked.where) }),
	};
}

/** The one token that a question about sessions names. */
function tokenIn(model: string, where: readonly Where[]): string | null {
	const value = model === "session" ? where.find(({ field }) => field === "token")?.value : null;
	return typeof value === "string" ? value : null;
}

async function hashed(model: string, where: Where[]): Promise<Where[]> {
	const token = tokenIn(model, where);
	if (token === null) return where;
	const value = await hashSecret(token);
	return where.map((one) => (one.field === "token" ? { ...one, value } : one));
}

function withToken<T>(row: T | null, { model, where }: { model: string; where: Where[] }): T | null {
	const token = tokenIn(model, where);
	return row === null || token === null ? row : { ...row, token };
}
