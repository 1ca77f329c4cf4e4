import { Hono } from "hono";
import * as z from "zod";
import { REGIONS } from "../integrations/endpoint-key";
import { nearestRegion, type Place } from "../integrations/region";
import type { ApiEnv } from "./context";
import { describes } from "./describe";

export const regions = z.object({
	/** The nearest to whoever asks; `auto` where that is not known. */
	recommended: z.enum(REGIONS),
	/** All that can be chosen; none where everything runs on one machine. */
	items: z.array(z.enum(REGIONS)),
});
export type Regions = z.infer<typeof regions>;

/** Where a new integration may run. */
export const regionRoutes = new Hono<ApiEnv>().get(
	"/regions",
	describes("Integrations", "List the regions, with the one nearest to whoever asks", 200, regions),
	(c) => {
		// A development server is told a place too, which is not where it stands.
		if (c.env.ENVIRONMENT === "development") return c.json({ recommended: "auto" as const, items: [] }, 200);
		const place = (c.req.raw.cf ?? {}) as Place;
		return c.json({ recommended: nearestRegion(place), items: [...REGIONS] }, 200);
	},
);
