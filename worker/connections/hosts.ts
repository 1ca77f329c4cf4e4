/** Where a credential may be sent: `shop.example.com`, `*.example.com`, either with a port. */

const PATTERN = /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(:\d{1,5})?$/;
const IPV6_PATTERN = /^\[[0-9a-f:.]+\](:\d{1,5})?$/;

/** The pattern in its one spelling, or null where it is none. `*.com` and the like are none: they name half the world. */
export function readHostPattern(text: string): string | null {
	const pattern = text.trim().toLowerCase().replace(/\.$/, "");
	if (IPV6_PATTERN.test(pattern)) return pattern;
	if (pattern.length > 260 || !PATTERN.test(pattern)) return null;
	if (pattern.startsWith("*.") && !pattern.slice(2).includes(".")) return null;
	return pattern;
}

/** Whether a credential bound to `patterns` may go to `url`. A pattern that names a port wants that port. */
export function allowsUrl(patterns: readonly string[], url: URL): boolean {
	const name = url.hostname.replace(/\.$/, "");
	const port = url.port || (url.protocol === "https:" ? "443" : "80");
	return patterns.some((pattern) => {
		const wantedPort = /:(\d{1,5})$/.exec(pattern.replace(/\[.*\]/, ""))?.[1];
		const host = wantedPort === undefined ? pattern : pattern.slice(0, -wantedPort.length - 1);
		if (wantedPort !== undefined && wantedPort !== port) return false;
		return host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host;
	});
}
