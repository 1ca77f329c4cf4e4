import { pairsIn } from "./form";

/** Header pairs as an object with names in lower case. */
export function headersOf(pairs: readonly [name: string, value: string][]): Record<string, unknown> {
	const headers: Record<string, unknown> = {};
	for (const [name, value] of pairs) {
		const key = name.toLowerCase();
		put(headers, key, Object.hasOwn(headers, key) ? `${headers[key]}, ${value}` : value);
	}
	return headers;
}

/** Pairs as an object; a name that comes twice holds an array. */
export function gather(pairs: Iterable<[string, unknown]>): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const [name, value] of pairs) {
		if (!Object.hasOwn(result, name)) put(result, name, value);
		else {
			const known = result[name];
			if (Array.isArray(known)) known.push(value);
			else put(result, name, [known, value]);
		}
	}
	return result;
}

/** A query (`?id=1`, or empty) as an object. */
export function queryOf(query: string): Record<string, unknown> {
	return query === "" || query === "?" ? {} : gather(pairsIn(query.replace(/^\?/, "")));
}

/** Sets a member that stays plain data whatever its name; assigning `__proto__` would change the object instead. */
export function put(object: Record<string, unknown>, key: string, value: unknown): void {
	if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
	else object[key] = value;
}
