import type { CustomScheme, Digest, DirectScheme, Encoding, JwtAlgorithm, MessagePart, TimestampField } from "../../connectors/scheme";
import type { SchemeOptions } from "./check";

const HEADER = /^[a-z0-9-]{1,100}$/;
const ALGORITHMS: readonly Digest[] = ["sha1", "sha256", "sha384", "sha512"];
const ENCODINGS: readonly Encoding[] = ["hex", "base64", "base64url"];
const KEY_FORMS = ["utf8", "hex", "base64"] as const;
const UNITS: readonly TimestampField["unit"][] = ["seconds", "milliseconds", "iso"];
const JWT_ALGORITHMS: readonly JwtAlgorithm[] = ["HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"];
const PLACEHOLDER = /\{(body|timestamp|method|url|path|header:[A-Za-z0-9-]{1,100})\}/;

export type CustomAnswer = { status: "scheme"; scheme: DirectScheme } | { status: "wrong"; option: string; message: string };

/** The scheme that a person described, or which of the options keeps it from being one. */
export function customScheme(as: CustomScheme["as"], options: SchemeOptions): CustomAnswer {
	switch (as) {
		case "hmac":
			return customHmac(options);
		case "header-token":
			return customToken(options);
		case "jwt":
			return customJwt(options);
	}
}

function customHmac(options: SchemeOptions): CustomAnswer {
	const header = headerName(options.header);
	const digest = oneOf(ALGORITHMS, options.algorithm ?? "sha256");
	const encoding = oneOf(ENCODINGS, options.encoding ?? "hex");
	const as = oneOf(KEY_FORMS, options.key ?? "utf8");
	const unit = oneOf(UNITS, options.timestampUnit ?? "seconds");
	const message = partsOf(String(options.parts ?? "{body}"));
	const toleranceSeconds = tolerance(options.toleranceSeconds);
	if (header === null) return wrong("header", "Name the header that holds the signature, such as X-Signature.");
	if (digest === null) return wrong("algorithm", `Choose one of ${ALGORITHMS.join(", ")}.`);
	if (encoding === null) return wrong("encoding", `Choose one of ${ENCODINGS.join(", ")}.`);
	if (as === null) return wrong("key", `Choose one of ${KEY_FORMS.join(", ")}.`);
	if (unit === null) return wrong("timestampUnit", `Choose one of ${UNITS.join(", ")}.`);
	if (toleranceSeconds === null) return wrong("toleranceSeconds", "Enter 1 to 604800 seconds.");
	if (!message.includes("body")) return wrong("parts", "{body} must be part of it: else any body would be accepted.");
	const timestampHeader = options.timestampHeader ? headerName(options.timestampHeader) : undefined;
	if (timestampHeader === null) return wrong("timestampHeader", "Name a header, such as X-Timestamp.");
	if ((timestampHeader !== undefined) !== message.includes("timestamp")) {
		return wrong("timestampHeader", "A timestamp needs both: its header here and {timestamp} in the signed text.");
	}
	return {
		status: "scheme",
		scheme: {
			kind: "hmac",
			digest,
			key: { as },
			signature: { in: { header }, encoding, prefix: String(options.prefix ?? "") },
			message,
			...(timestampHeader === undefined ? {} : { timestamp: { in: { header: timestampHeader }, unit, toleranceSeconds } }),
		},
	};
}

function customToken(options: SchemeOptions): CustomAnswer {
	const header = headerName(options.header);
	if (header === null) return wrong("header", "Name the header that holds the token, such as X-Token.");
	return { status: "scheme", scheme: { kind: "token", in: { header }, prefix: String(options.prefix ?? "") } };
}

function customJwt(options: SchemeOptions): CustomAnswer {
	const header = headerName(options.header ?? "authorization");
	const algorithm = oneOf(JWT_ALGORITHMS, options.algorithm ?? "HS256");
	const toleranceSeconds =
		options.toleranceSeconds === undefined || options.toleranceSeconds === "" ? undefined : tolerance(options.toleranceSeconds);
	if (header === null) return wrong("header", "Name the header that holds the token.");
	if (algorithm === null) return wrong("algorithm", `Choose one of ${JWT_ALGORITHMS.join(", ")}.`);
	if (toleranceSeconds === null) return wrong("toleranceSeconds", "Enter 1 to 604800 seconds.");
	const claims = {
		...(options.audience ? { audience: { option: "audience" } } : {}),
		...(options.issuer ? { issuer: { option: "issuer" } } : {}),
	};
	return {
		status: "scheme",
		scheme: {
			kind: "jwt",
			in: { header },
			prefix: "Bearer ",
			algorithms: [algorithm],
			claims,
			...(toleranceSeconds === undefined ? {} : { toleranceSeconds }),
		},
	};
}

/** `v0:{timestamp}:{body}` as parts; what is no placeholder is text as it stands. */
function partsOf(text: string): MessagePart[] {
	return text
		.split(PLACEHOLDER)
		.map((piece, index): MessagePart => {
			if (index % 2 === 0) return { text: piece };
			if (piece.startsWith("header:")) return { header: piece.slice("header:".length).toLowerCase() };
			return piece as "body" | "timestamp" | "method" | "url" | "path";
		})
		.filter((part) => typeof part === "string" || !("text" in part) || part.text !== "");
}

const wrong = (option: string, message: string): CustomAnswer => ({ status: "wrong", option, message });

function headerName(value: string | number | undefined): string | null {
	const name = String(value ?? "")
		.trim()
		.toLowerCase();
	return HEADER.test(name) ? name : null;
}

function oneOf<const Choice extends string>(choices: readonly Choice[], value: string | number): Choice | null {
	return choices.find((choice) => choice === value) ?? null;
}

/** 300 seconds unless it says otherwise; null where it says nonsense. */
function tolerance(value: string | number | undefined): number | null {
	const seconds = value === undefined || value === "" ? 300 : Number(value);
	return Number.isInteger(seconds) && seconds >= 1 && seconds <= 604_800 ? seconds : null;
}
