import type { Connection } from "../../../worker/api/types";

type Kind = Connection["kind"];

interface KindWords {
	label: string;
	/** What is sent with each request. */
	sends: string;
	/** What the secret is called. */
	secret: string;
}

export const KIND_WORDS: Record<Kind, KindWords> = {
	header: { label: "Header", sends: "An API key in a header of your choice.", secret: "Value" },
	bearer: { label: "Bearer token", sends: "Authorization: Bearer, with the token.", secret: "Token" },
	basic: { label: "User name and password", sends: "Authorization: Basic, with both.", secret: "Password" },
};

export const KINDS: readonly Kind[] = ["header", "bearer", "basic"];

/** Host names as typed, one a line or parted by commas: trimmed, lower case, each once. */
export function hostsOf(text: string): string[] {
	const hosts = text
		.split(/[\s,]+/)
		.map((host) => host.trim().toLowerCase())
		.filter((host) => host !== "");
	return [...new Set(hosts)];
}

/** What is wrong with a host name, or null. An address is the likeliest slip, so it gets its own words. */
export function problemOfHost(host: string): string | null {
	if (host.includes("/")) return `“${host}” is an address. Write the host name alone, such as shop.example.`;
	if (!/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(host)) return `“${host}” is not a host name.`;
	return null;
}
