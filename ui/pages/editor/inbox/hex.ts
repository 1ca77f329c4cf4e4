const PER_LINE = 16;

/**
 * Bytes as `00000010  48 65 6c 6c 6f 00 …  Hello.`, sixteen a line.
 * @param most bytes that are written
 */
export function hexOf(bytes: Uint8Array, most = 16_384): string {
	const lines: string[] = [];
	for (let at = 0; at < Math.min(bytes.length, most); at += PER_LINE) {
		const line = [...bytes.subarray(at, Math.min(at + PER_LINE, most))];
		const codes = line.map((byte) => byte.toString(16).padStart(2, "0"));
		const halves = [codes.slice(0, 8).join(" "), codes.slice(8).join(" ")].join("  ").padEnd(PER_LINE * 3);
		const text = line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
		lines.push(`${at.toString(16).padStart(8, "0")}  ${halves} ${text}`);
	}
	return lines.join("\n");
}
