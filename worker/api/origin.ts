import { ApiError } from "../errors";
import type { ApiContext } from "./context";

/** The origin under which people reach this deployment: the setting, else that of the request. */
export function originOf(c: ApiContext): string {
	return c.env.PUBLIC_URL ? new URL(c.env.PUBLIC_URL).origin : new URL(c.req.url).origin;
}

/**
 * Lets an unsafe request pass only where no other site can have caused it. Browsers mark every such request with
 * `Sec-Fetch-Site`, or with `Origin` where the page is plain http; a request with neither mark and no cookie comes from
 * a program, which carries no one's session.
 * @throws 403 `cross_site`
 */
export function proveSameOrigin(c: ApiContext): void {
	const site = c.req.header("Sec-Fetch-Site");
	const origin = c.req.header("Origin");
	if (site !== undefined ? site === "same-origin" : isOwn(c, origin)) return;
	if (site === undefined && origin === undefined && c.req.header("Cookie") === undefined) return;
	throw new ApiError(403, "cross_site", "This request must come from Inlet's own pages (send Origin), or carry an API token.");
}

/** For the live feed, whose browser request carries cookies whatever page opens it. */
export function proveOwnOrigin(c: ApiContext): void {
	if (!isOwn(c, c.req.header("Origin")))
		throw new ApiError(403, "cross_site", "The live feed opens from Inlet's own pages, or with an API token.");
}

function isOwn(c: ApiContext, origin: string | undefined): boolean {
	return origin !== undefined && (origin === new URL(c.req.url).origin || origin === originOf(c));
}
