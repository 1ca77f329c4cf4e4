import { Hono } from "hono";
import * as z from "zod";
import type { ApiEnv } from "./context";
import { describes } from "./describe";

export const systemRoutes = new Hono<ApiEnv>().get(
	"/health",
	describes("System", "Whether the Worker answers", 200, z.object({ status: z.literal("ok") })),
	(c) => c.json({ status: "ok" as const }, 200),
);
