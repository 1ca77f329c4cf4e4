import ipaddr from "ipaddr.js";

/** Addresses and blocks of addresses, `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`. */

type Block = [network: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Whether a text names an address or a block, in one of its usual spellings. */
export const isAddressBlock = (text: string): boolean => parseBlock(text) !== null;

/** The lists that are in use, parsed once. */
const parsed = new WeakMap<readonly string[], Block[]>();

/** Whether an address is one of the list, or in one of its blocks. Nothing that is no address is. */
export function isInBlocks(blocks: readonly string[], address: string): boolean {
	let list = parsed.get(blocks);
	if (list === undefined) {
		list = blocks.map(parseBlock).filter((block) => block !== null);
		parsed.set(blocks, list);
	}
	if (!ipaddr.isValid(address)) return false;
	const asked = ipaddr.process(address);
	return list.some(([network, bits]) => network.kind() === asked.kind() && asked.match(network as ipaddr.IPv6, bits));
}

function parseBlock(text: string): Block | null {
	const [address = "", bits, ...more] = text.trim().split("/");
	if (more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)) || address.includes("%")) return null;
	if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return null;
	const known = ipaddr.process(address);
	// An IPv4 address in IPv6's spelling is an IPv4 address; a block of them is written as IPv4.
	if (bits !== undefined && known.kind() === "ipv4" && address.includes(":")) return null;
	const most = known.kind() === "ipv4" ? 32 : 128;
	const length = bits === undefined ? most : Number(bits);
	return length <= most ? [known, length] : null;
}
