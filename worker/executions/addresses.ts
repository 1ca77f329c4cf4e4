import ipaddr from "ipaddr.js";

/**
 * Which hosts a call from inside may reach. `URL` has brought every spelling of an IPv4 address (decimal, octal, hex,
 * short forms, trailing dot) to the dotted one before a host arrives here.
 *
 * Names are judged as text: what a name resolves to cannot be pinned with fetch(), so a public name that points to a
 * private address is not seen here. On Cloudflare that leads nowhere, since the edge has no private network behind it;
 * who runs workerd at home sets its network to `allow = ["public"]`.
 */

export type HostVerdict = "public" | "private" | "forbidden";

/** Ranges that are somebody's own network: reachable in development, when asked for. */
const PRIVATE_RANGES: ReadonlySet<string> = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

/** Where clouds keep their machines' credentials, beside the link-local ones: refused in development too. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
	"100.100.100.200",
	"192.0.0.192",
	"168.63.129.16",
	"fd00:ec2::254",
	"fd20:ce::254",
]);
const METADATA_NAMES: ReadonlySet<string> = new Set(["metadata", "instance-data", "metadata.google.internal", "metadata.goog"]);

/** Names that belong to somebody's own network or machine (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and common use). */
const PRIVATE_SUFFIXES = [
	"localhost",
	"local",
	"internal",
	"intranet",
	"corp",
	"home",
	"lan",
	"private",
	"home.arpa",
	"localdomain",
	"svc",
];

/** @param hostname as `URL` gives it: lower case, IPv6 in brackets */
export function judgeHost(hostname: string): HostVerdict {
	const name = hostname.replace(/\.+$/, "");
	if (name === "") return "forbidden";
	if (name.startsWith("[")) return judgeIpv6(name.slice(1, -1));
	if (ipaddr.IPv4.isValidFourPartDecimal(name)) return judgeIpv4(ipaddr.IPv4.parse(name));
	if (METADATA_NAMES.has(name)) return "forbidden";
	const own = !name.includes(".") || PRIVATE_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`));
	return own ? "private" : "public";
}

function judgeIpv4(address: ipaddr.IPv4): HostVerdict {
	if (METADATA_ADDRESSES.has(address.toString())) return "forbidden";
	return judgeRange(address.range());
}

function judgeIpv6(text: string): HostVerdict {
	if (!ipaddr.IPv6.isValid(text)) return "forbidden";
	const address = ipaddr.IPv6.parse(text);
	if (METADATA_ADDRESSES.has(address.toString())) return "forbidden";
	if (address.isIPv4MappedAddress()) return judgeIpv4(address.toIPv4Address());
	const range = address.range();
	if (range !== "unicast") return judgeRange(range);
	// Global unicast is 2000::/3; what else has no name yet, `::127.0.0.1` among it, is not for us.
	const [first = 0] = address.parts;
	return first >= 0x2000 && first <= 0x3fff ? "public" : "forbidden";
}

function judgeRange(range: string): HostVerdict {
	if (range === "unicast") return "public";
	return PRIVATE_RANGES.has(range) ? "private" : "forbidden";
}
