import { describe, expect, test } from "vitest";
import { judgeHost } from "../../worker/executions/addresses";
import { checkUrl, send } from "../../worker/executions/egress";

const PRODUCTION = { ENVIRONMENT: "production", ALLOW_PRIVATE_EGRESS: "yes" };
const DEVELOPMENT = { ENVIRONMENT: "development", ALLOW_PRIVATE_EGRESS: "yes" };

/** Somebody's own machine or network: refused in production, reachable in development when asked for. */
const own = [
	"http://127.0.0.1/",
	"http://127.1/",
	"http://127.0.1/",
	"http://127.255.255.254/",
	"http://2130706433/",
	"http://0x7f000001/",
	"http://0x7f.1/",
	"http://0x7f.0x0.0x0.0x1/",
	"http://0177.0.0.1/",
	"http://017700000001/",
	"http://127.0.0.1./",
	"http://127.0.0.1:8787/",
	"http://①②⑦.0.0.1/",
	"http://127。0。0。1/",
	"http://%31%32%37.0.0.1/",
	"http://localhost/",
	"http://LOCALHOST:3000/",
	"http://localhost./",
	"http://localhost../",
	"http://anything.localhost/",
	"http://printer.local/",
	"http://printer.local./",
	"http://db.internal/",
	"http://wiki.corp/",
	"http://nas.lan/",
	"http://router.home.arpa/",
	"http://intranet/",
	"http://kubernetes/",
	"http://kubernetes.default.svc/",
	"http://kubernetes.default.svc./",
	"http://kubernetes.default.svc.cluster.local/",
	"http://node.cluster.local/",
	"http://wiki.intranet/",
	"http://10.0.0.1/",
	"http://10.255.255.255/",
	"http://012.0.0.1/",
	"http://167772161/",
	"http://172.16.0.1/",
	"http://172.31.255.255/",
	"http://192.168.1.1/",
	"http://0xc0a80101/",
	"http://192.168.257/",
	"http://100.64.0.1/",
	"http://100.127.255.255/",
	"http://[::1]/",
	"http://[0:0:0:0:0:0:0:1]/",
	"http://[::ffff:127.0.0.1]/",
	"http://[::ffff:7f00:1]/",
	"http://[0:0:0:0:0:ffff:10.0.0.1]/",
	"http://[::FFFF:192.168.0.1]/",
	"http://[fc00::1]/",
	"http://[fd12:3456:789a::1]/",
];

/** For nobody, whatever the settings. */
const forbidden = [
	"http://0.0.0.0/",
	"http://0/",
	"http://0.1.2.3/",
	"http://169.254.169.254/latest/meta-data/",
	"http://169.254.170.2/",
	"http://2852039166/",
	"http://0xa9fea9fe/",
	"http://0251.0376.0251.0376/",
	"http://169.254.169.254./",
	"http://[::ffff:169.254.169.254]/",
	"http://[::ffff:a9fe:a9fe]/",
	"http://[::a9fe:a9fe]/",
	"http://[::127.0.0.1]/",
	"http://[2002:7f00:1::]/",
	"http://[2002:a9fe:a9fe::]/",
	"http://[64:ff9b::7f00:1]/",
	"http://[64:ff9b::169.254.169.254]/",
	"http://[64:ff9b:1::a00:1]/",
	"http://[::ffff:0:127.0.0.1]/",
	"http://[2001::1]/",
	"http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
	"http://[fe80::1]/",
	"http://[febf::1]/",
	"http://[fec0::1]/",
	"http://[ff02::1]/",
	"http://[::]/",
	"http://[100::1]/",
	"http://[2001:db8::1]/",
	"http://[3fff::1]/",
	"http://[5f00::1]/",
	"http://[4000::1]/",
	"http://[fd00:ec2::254]/",
	"http://192.0.0.1/",
	"http://192.0.0.192/",
	"http://192.0.2.1/",
	"http://198.18.0.1/",
	"http://198.51.100.1/",
	"http://203.0.113.1/",
	"http://192.88.99.1/",
	"http://224.0.0.1/",
	"http://239.255.255.255/",
	"http://240.0.0.1/",
	"http://255.255.255.255/",
	"http://100.100.100.200/",
	"http://168.63.129.16/",
	"http://metadata/",
	"http://metadata.google.internal/computeMetadata/v1/",
	"http://METADATA.GOOGLE.INTERNAL./",
	"http://user@example.com/",
	"http://user:password@example.com/",
	"http://example.com@127.0.0.1/",
	"ftp://example.com/",
	"file:///etc/passwd",
	"javascript:alert(1)",
	"data:text/plain,hello",
	"ws://example.com/",
	"gopher://127.0.0.1:25/",
	"blob:http://example.com/1",
	"//example.com/",
	"example.com",
	"http://",
	"http://[::1",
	"http://1.2.3.4.5/",
	"http://256.256.256.256/",
];

const fine = [
	"http://example.com/",
	"https://example.com:8443/a?b#c",
	"https://shop.example/",
	"https://localhost.example.com/",
	"https://internal.example.com/",
	"https://8.8.8.8/",
	"https://134744072/",
	"https://[2606:4700:4700::1111]/",
	"https://[::ffff:8.8.8.8]/",
	"https://172.32.0.1/",
	"https://100.128.0.1/",
	"https://bücher.example/",
];

describe("in production", () => {
	test.each([...own, ...forbidden])("refused: %s", async (url) => {
		expect(checkUrl(url, PRODUCTION).ok).toBe(false);
		const request = { method: "GET", url, headers: [], credentials: [], body: null, timeoutMs: 1000, hops: 0 };
		expect(await send(request, { env: PRODUCTION })).toMatchObject({ ok: false, retryable: false });
	});
	test.each(fine)("public: %s", (url) => {
		expect(checkUrl(url, PRODUCTION).ok).toBe(true);
	});
});

describe("in development with private addresses allowed", () => {
	test.each(own)("allowed: %s", (url) => {
		expect(checkUrl(url, DEVELOPMENT).ok).toBe(true);
		expect(checkUrl(url, { ...DEVELOPMENT, ALLOW_PRIVATE_EGRESS: "" }).ok).toBe(false);
	});
	test.each(forbidden)("refused all the same: %s", (url) => {
		expect(checkUrl(url, DEVELOPMENT).ok).toBe(false);
	});
});

test("an empty host is for nobody", () => {
	expect(judgeHost("")).toBe("forbidden");
	expect(judgeHost("...")).toBe("forbidden");
});
