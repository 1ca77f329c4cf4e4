import { ApiError } from "../errors";
import type { ApiContext } from "./context";

/** Lists and objects inside each other, as in a delivery's body. */
const DEPTH_MAX = 64;
const [QUOTE, BACKSLASH] = [34, 92];

/** Refuses a body nested so deep that what walks it later would overflow the stack. @throws 422 `too_deep` */
export async function limitDepth(c: ApiContext): Promise<void> {
	if (isDeeper(await c.req.text(), DEPTH_MAX))
		throw new ApiError(422, "too_deep", `A body here may nest lists and objects ${DEPTH_MAX} deep at most.`);
}

/** Whether JSON nests lists and objects more than `max` deep. Reads the text from left to right, so no depth can hurt it. */
export function isDeeper(json: string, max: number): boolean {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if (inString) {
			if (code === BACKSLASH) at++;
			else if (code === QUOTE) inString = false;
		} else if (code === QUOTE) inString = true;
		else if (code === 0x5b || code === 0x7b) {
			if (++depth > max) return true;
		} else if (code === 0x5d || code === 0x7d) depth--;
	}
	return false;
}
