import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { app } from "../../worker/api/app";
import type { Regions } from "../../worker/api/types";
import { givenPerson, ORIGIN, type Someone } from "../given/api";

async function regionsFor({ cookie }: Someone, cf: CfProperties, bindings: Partial<Env>): Promise<Regions> {
	const ctx = createExecutionContext();
	const request = new Request(`${ORIGIN}/api/regions`, { headers: { Cookie: cookie }, cf });
	const response = await app.fetch(request, { ...env, ...bindings }, ctx);
	await waitOnExecutionContext(ctx);
	expect(response.status).toBe(200);
	return response.json();
}

test("the region nearest to the person is recommended; on a development server there is nothing to choose", async () => {
	const ada = await givenPerson();
	const lisbon = { continent: "EU", country: "PT", longitude: "-9.14" };
	const deployed = await regionsFor(ada, lisbon, { ENVIRONMENT: "production" });
	expect(deployed.recommended).toBe("weur");
	expect(deployed.items).toContain("auto");
	expect((await regionsFor(ada, {}, { ENVIRONMENT: "production" })).recommended).toBe("auto");
	expect(await regionsFor(ada, lisbon, { ENVIRONMENT: "development" })).toEqual({ recommended: "auto", items: [] });
});
