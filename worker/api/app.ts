import { Hono } from "hono";
import { account } from "./account";
import { alertRoutes } from "./alerts";
import { answer, onError, onNoRoute } from "./answer";
import { connectionRoutes } from "./connections";
import type { ApiEnv } from "./context";
import { describes } from "./describe";
import { gate } from "./gate";
import { historyRoutes } from "./history";
import { inboxRoutes } from "./inbox";
import { integrationRoutes } from "./integrations";
import { invitationRoutes } from "./invitations";
import { describeApi } from "./openapi";
import { originOf } from "./origin";
import { redactionRoutes } from "./redaction";
import { regionRoutes } from "./regions";
import { runningRoutes } from "./running";
import { scheduleRoutes } from "./schedule";
import { searchRoutes } from "./search";
import { senderRoutes } from "./senders";
import { statisticsRoutes } from "./statistics";
import { systemRoutes } from "./system";
import { templateRoutes } from "./templates";
import { tokenRoutes } from "./tokens";
import { versionRoutes } from "./versions";
import { workspaceRoutes } from "./workspaces";

const base = new Hono<ApiEnv>().basePath("/api").use("*", answer).use("*", gate);
base.onError(onError);
base.notFound(onNoRoute);

/** Everything under /api: one chain, so that its type is the client's. */
export const app = base
	.route("/", systemRoutes)
	.route("/", account)
	.route("/", workspaceRoutes)
	.route("/", invitationRoutes)
	.route("/", tokenRoutes)
	.route("/", integrationRoutes)
	.route("/", versionRoutes)
	.route("/", runningRoutes)
	.route("/", redactionRoutes)
	.route("/", searchRoutes) // before the event of an id
	.route("/", historyRoutes)
	.route("/", inboxRoutes)
	.route("/", scheduleRoutes)
	.route("/", connectionRoutes)
	.route("/", statisticsRoutes)
	.route("/", alertRoutes)
	.route("/", templateRoutes)
	.route("/", senderRoutes)
	.route("/", regionRoutes);

export type Api = typeof app;

// Added after the chain, which it describes.
app.get("/openapi.json", describes("System", "This document", 200), (c) => c.json(describeApi(app.routes, originOf(c)), 200));
