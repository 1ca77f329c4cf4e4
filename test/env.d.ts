/** Bindings that only tests have. */
declare namespace Cloudflare {
	interface Env {
		D1_MIGRATIONS: import("cloudflare:test").D1Migration[];
	}
	interface GlobalProps {
		mainModule: typeof import("../worker/index");
	}
}
