/**
 * The page to show after logging in.
 * @param wanted what the address asks for; anything but a path of this very app gives the dashboard
 */
export function returnPath(wanted: string | undefined, origin: string): string {
	if (wanted === undefined || !wanted.startsWith("/")) return "/dashboard";
	const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : null;
	if (url === null || url.origin !== origin || url.pathname.startsWith("//")) return "/dashboard";
	return url.pathname + url.search;
}
