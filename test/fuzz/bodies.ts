import type { Random } from "./random.ts";

/** Bodies of every kind, most of them wrong in some way; each holds the mark that tells whose it is. */

type Make = (random: Random, mark: string) => Buffer;

const NAMES = [
	"id",
	"sku",
	"__proto__",
	"constructor",
	"prototype",
	"toString",
	"",
	"a.b",
	"\u0000",
	"ü",
	"length",
	"event",
	"headers",
	"files",
];
const ODD_NUMBERS = ["1e999", "-0", "1e-400", "123456789012345678901234567890", "0.1e+3", "-1E400", "9007199254740993"];

function value(random: Random, depth: number): string {
	switch (random.whole(0, depth > 4 ? 3 : 6)) {
		case 0:
			return JSON.stringify(random.text(random.whole(0, 40), 'aä€😀"\\\n\u2028\u0000\u007f'));
		case 1:
			return random.pick(ODD_NUMBERS);
		case 2:
			return random.pick(["true", "false", "null", "0", "-1.5"]);
		case 3:
			return JSON.stringify(random.text(random.whole(0, 12)));
		case 4:
			return `[${Array.from({ length: random.whole(0, 6) }, () => value(random, depth + 1)).join(",")}]`;
		default:
			return `{${Array.from({ length: random.whole(0, 6) }, () => `${JSON.stringify(random.pick(NAMES))}:${value(random, depth + 1)}`).join(",")}}`;
	}
}

const json: Make = (random, mark) => Buffer.from(`{"mark":"${mark}","value":${value(random, 0)}}`);

/** One to five bytes changed, taken out or put in. */
function mutated(random: Random, bytes: Buffer): Buffer {
	let changed = bytes;
	for (let times = random.whole(1, 5); times > 0 && changed.length > 0; times--) {
		const at = random.whole(0, changed.length - 1);
		const inserted = random.pick([random.bytes(1), Buffer.alloc(0), random.bytes(random.whole(1, 8))]);
		changed = Buffer.concat([changed.subarray(0, at), inserted, changed.subarray(at + random.whole(0, 1))]);
	}
	return changed;
}

const form: Make = (random, mark) =>
	Buffer.from(
		`mark=${mark}&${Array.from({ length: random.whole(0, 8) }, () => `${random.pick(NAMES)}=${random.pick(["1", "%", "%ff", "%00", "+", "a%20b", "&", "="])}`).join("&")}`,
	);

const multipart: Make = (random, mark) => {
	const parts = Array.from({ length: random.whole(0, 5) }, (_, at) => {
		const file = random.chance(0.5) ? `; filename="${random.pick(["a.png", "../../etc/passwd", "", '\\"', "ü"])}"` : "";
		const head = `Content-Disposition: form-data; name="${random.pick(NAMES)}${at}"${file}${random.pick(["\r\n", "\n", ""])}`;
		return Buffer.concat([Buffer.from(`--b\r\n${head}\r\n`), random.bytes(random.whole(0, 60)), Buffer.from("\r\n")]);
	});
	const first = Buffer.from(`--b\r\nContent-Disposition: form-data; name="mark"\r\n\r\n${mark}\r\n`);
	return Buffer.concat([first, ...parts, Buffer.from(random.pick(["--b--\r\n", "--b", ""]))]);
};

const xml: Make = (random, mark) => {
	const inside = random.pick([
		"<a/>",
		"<a><b>&amp;</b></a>",
		"<__proto__><x/></__proto__>",
		"<a",
		"&undefined;",
		"<![CDATA[x]]>",
		"<a b=1/>",
	]);
	const start = random.pick(["", '<?xml version="1.0"?>', '<!DOCTYPE r [<!ENTITY x "y">]>', '<?xml version="1.0" encoding="utf-16"?>']);
	return Buffer.from(`${start}<r mark="${mark}">${inside.repeat(random.whole(0, 6))}</r>`);
};

const KINDS: readonly [weight: number, make: Make][] = [
	[30, json],
	[10, (random, mark) => mutated(random, json(random, mark))],
	[3, (random, mark) => Buffer.from(`${random.pick(["[", '{"a":', "[["]).repeat(random.whole(60, 20_000))}${mark}`)],
	[3, (random, mark) => Buffer.from(`{"mark":"${mark}","n":[${Array.from({ length: 20 }, () => random.pick(ODD_NUMBERS)).join(",")}]}`)],
	[
		4,
		(_random, mark) => Buffer.from(`{"mark":"${mark}","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":1,"a":2}`),
	],
	[8, (random, mark) => Buffer.concat([Buffer.from(mark), random.bytes(random.whole(0, 400))])],
	[
		4,
		(_random, mark) =>
			Buffer.concat([Buffer.from(`{"mark":"${mark}`), Buffer.from([0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80]), Buffer.from('"}')]),
	],
	[6, form],
	[6, multipart],
	[3, (random, mark) => mutated(random, multipart(random, mark))],
	[6, xml],
	[
		4,
		(random, mark) => Buffer.from(`{"mark":"${mark}"}\n${Array.from({ length: random.whole(0, 30) }, () => value(random, 3)).join("\n")}`),
	],
	[
		3,
		(random, mark) =>
			Buffer.from(`[${Array.from({ length: random.whole(0, 20) }, () => value(random, 3)).join(",")}${random.pick(["", ","])}"${mark}"]`),
	],
	[3, (_random, mark) => Buffer.from(`\ufeff{"mark":"${mark}"}`, "utf16le")],
	[
		2,
		(random, mark) =>
			Buffer.from([`{"alg":"none"}`, `{"mark":"${mark}"}`, random.text(8)].map((one) => Buffer.from(one).toString("base64url")).join(".")),
	],
	[6, () => Buffer.alloc(0)],
	[
		2,
		(random, mark) =>
			Buffer.concat([Buffer.from(`{"mark":"${mark}","fill":"`), Buffer.alloc(random.whole(50_000, 700_000), 0x61), Buffer.from('"}')]),
	],
];
const TOTAL = KINDS.reduce((sum, [weight]) => sum + weight, 0);

export function makeBody(random: Random, mark: string): Buffer {
	let left = random.next() * TOTAL;
	for (const [weight, make] of KINDS) {
		left -= weight;
		if (left < 0) return make(random, mark);
	}
	return json(random, mark);
}

export const CONTENT_TYPES = [
	...["application/json", "application/json; charset=utf-8", "application/vnd.api+json", "APPLICATION/JSON", "text/json"],
	...["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", 'multipart/form-data; boundary="b"', "multipart/form-data"],
	...[
		"application/xml",
		"text/xml; charset=iso-8859-1",
		"application/x-ndjson",
		"application/jwt",
		"application/octet-stream",
		"image/png",
	],
	...[
		"text/plain",
		"text/plain; charset=utf-16",
		"text/html; charset=\u0001",
		"text/csv; charset=nonsense",
		"",
		";",
		"/",
		"a/b/c",
		"x".repeat(2_000),
	],
];
