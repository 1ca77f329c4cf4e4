import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import atlassian from "atlassian-jwt";
import { importPKCS8, SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { AccessToken } from "livekit-server-sdk";
import { type Client, json, NAME, newId, random, type Signed, seconds, shared } from "../client.ts";

/** Senders whose signature is a token. */

const digest = (body: string, encoding: "hex" | "base64") => createHash("sha256").update(body).digest(encoding);

const livekit: Client = {
	sender: "livekit",
	package: "livekit-server-sdk",
	calls: "AccessToken.toJwt",
	keys: shared(() => random("hex")),
	sign: async (url, secret) => {
		const body = JSON.stringify({
			event: "room_finished",
			id: newId("EV_"),
			createdAt: String(seconds()),
			room: { sid: "RM_1", name: NAME },
		});
		const token = new AccessToken("APIkey", secret, { ttl: "5m" });
		token.sha256 = digest(body, "base64");
		return {
			url,
			headers: { "content-type": "application/webhook+json", authorization: await token.toJwt() },
			body,
			name: "room_finished",
		};
	},
};

/** The token names method, path and query, and leaves the body unprotected. */
const jiraConnect: Client = {
	sender: "jira-connect",
	package: "atlassian-jwt",
	calls: "createQueryStringHash, encodeSymmetric",
	options: { clientKey: "jira:1234" },
	keys: shared(() => random("base64")),
	sign: (endpoint, secret) => {
		const url = `${endpoint}/updated?user_id=7&user_key=Ada%20%2B`;
		const qsh = atlassian.createQueryStringHash(atlassian.fromMethodAndUrl("POST", url), false, endpoint);
		const claims = { iss: "jira:1234", iat: seconds(), exp: seconds() + 180, qsh };
		const token = atlassian.encodeSymmetric(claims, secret, atlassian.SymmetricAlgorithm.HS256);
		const name = "jira:issue_updated";
		const body = JSON.stringify({ timestamp: Date.now(), webhookEvent: name, issue: { id: "10002", key: "SHOP-7" } });
		return { url, headers: json({ authorization: `JWT ${token}`, "x-atlassian-webhook-identifier": newId() }), body, name };
	},
	change: inQuery,
};

function inQuery(signed: Signed): Signed {
	return { ...signed, url: signed.url.replace("user_id=7", "user_id=8") };
}

const monday: Client = {
	sender: "monday",
	package: "jsonwebtoken",
	calls: "sign",
	keys: shared(() => random("hex").slice(0, 32)),
	sign: (url, secret) => {
		const type = "update_column_value";
		const body = JSON.stringify({ event: { type, pulseId: 7, pulseName: NAME, triggerTime: new Date(), triggerUuid: newId() } });
		const token = jsonwebtoken.sign({ accountId: 1, userId: 2, aud: url }, secret, { expiresIn: "5m" });
		return { url, headers: json({ authorization: token }), body, name: type };
	},
	change: (signed) => ({ ...signed, url: `${signed.url}?b` }),
};

const netlify: Client = {
	...monday,
	sender: "netlify",
	sign: (url, secret) => {
		const body = JSON.stringify({ id: newId(), site_id: newId(), state: "ready", committer: NAME });
		const token = jsonwebtoken.sign({ iss: "netlify", sha256: digest(body, "hex") }, secret, { noTimestamp: true });
		return { url, headers: json({ "x-webhook-signature": token, "x-netlify-event": "deploy_created" }), body, name: "deploy_created" };
	},
	change: undefined,
};

/** A token of one's own: signed with a private key, checked with the public one. */
function ownToken(algorithm: "ES256" | "EdDSA" | "RS256"): Client {
	return {
		sender: "jwt",
		way: algorithm,
		package: "jose",
		calls: "SignJWT.sign",
		options: { algorithm, issuer: "warehouse" },
		keys: () => {
			const { publicKey, privateKey } = generatePair(algorithm);
			return {
				entered: publicKey.export({ type: "spki", format: "pem" }).toString(),
				signing: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
			};
		},
		sign: async (url, signing) => {
			const token = await new SignJWT({ sub: NAME })
				.setProtectedHeader({ alg: algorithm })
				.setIssuer("warehouse")
				.setExpirationTime("5m")
				.sign(await importPKCS8(signing, algorithm));
			return { url, headers: json({ authorization: `Bearer ${token}` }), body: JSON.stringify({ name: NAME }) };
		},
		// The body is not protected; the token is, to its last claim.
		change: (signed) => {
			const [header = "", claims = "", signature = ""] = (signed.headers.authorization ?? "").split(".");
			const changed = Buffer.from(Buffer.from(claims, "base64url").toString().replace("Ada", "Adb")).toString("base64url");
			return { ...signed, headers: { ...signed.headers, authorization: [header, changed, signature].join(".") } };
		},
	};
}

function generatePair(algorithm: "ES256" | "EdDSA" | "RS256"): { publicKey: KeyObject; privateKey: KeyObject } {
	switch (algorithm) {
		case "ES256":
			return generateKeyPairSync("ec", { namedCurve: "P-256" });
		case "EdDSA":
			return generateKeyPairSync("ed25519");
		case "RS256":
			return generateKeyPairSync("rsa", { modulusLength: 2048 });
	}
}

export const tokenClients = [livekit, jiraConnect, monday, netlify, ownToken("ES256"), ownToken("EdDSA"), ownToken("RS256")];
