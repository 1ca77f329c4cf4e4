/** Names that mean this machine, or one of a house's own network. */
const OWN_NAME = /^(localhost|[^.]+)$|\.(localhost|local|internal|lan|home\.arpa)$/;
const OWN_V4 = /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const OWN_V6 = /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/;

/** The host of a URL that systems on the internet cannot reach; null where they can. */
export function privateHost(url: string): string | null {
	const { hostname, host } = new URL(url);
	const isV4 = /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
	const isOwn = hostname.startsWith("[") ? OWN_V6.test(hostname) : isV4 ? OWN_V4.test(hostname) : OWN_NAME.test(hostname);
	return isOwn ? host : null;
}
