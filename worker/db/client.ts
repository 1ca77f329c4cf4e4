import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import * as schema from "./schema";

export type Database = DrizzleD1Database<typeof schema>;

/** Typed access to D1. Costs nothing: no connection is opened. */
export function openDatabase(binding: D1Database): Database {
	return drizzle(binding, { schema, casing: "snake_case" });
}
