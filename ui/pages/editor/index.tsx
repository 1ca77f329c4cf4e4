import { useEffect, useMemo, useState } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import type { Integration } from "../../../worker/api/types";
import { Button, LinkButton } from "../../components/button";
import { Callout, EmptyState, Skeleton } from "../../components/surfaces";
import { useResource } from "../../resource";
import { hasRole, workspace } from "../../session";
import { calls, liveUrl } from "./calls";
import { EditorContext, TAB_IDS, type TabId } from "./context";
import { createEditing } from "./editing";
import { Frame } from "./frame";
import { connectLive } from "./live";
import "./editor.css";

/** Edit integration: `/automations/:id/:tab?`. */
export default function EditorRoute() {
	const { params } = useRoute();
	const id = params.id ?? "";
	const tab = TAB_IDS.find((one) => one === params.tab) ?? "general";
	const loaded = useResource(`integration ${id}`, () => calls.integration(id));
	const [started, setStarted] = useState<Integration | null>(null);

	// The draft starts from the first answer and is not thrown away by a later one.
	useEffect(() => {
		if (loaded.value && !loaded.loading && started?.id !== id) setStarted(loaded.value);
	}, [loaded.value, loaded.loading, id, started]);

	if (loaded.failure && started?.id !== id)
		return <LoadFailure status={loaded.failure.status} message={loaded.failure.message} retry={loaded.reload} />;
	if (started === null || started.id !== id) return <Loading />;
	return <Editor key={id} integration={started} tab={tab} />;
}

function Editor({ integration, tab }: { integration: Integration; tab: TabId }) {
	const workspaceId = workspace.value?.id ?? null;
	const page = useMemo(
		() => ({
			editing: createEditing(integration, !hasRole("member")),
			live: connectLive(liveUrl(integration.id, workspaceId)),
			timeZone: workspace.value?.timeZone ?? "UTC",
		}),
		[integration, workspaceId],
	);
	useEffect(() => () => page.live.close(), [page]);
	return (
		<EditorContext.Provider value={page}>
			<Frame tab={tab} />
		</EditorContext.Provider>
	);
}

function Loading() {
	return (
		<div class="editor" aria-busy="true">
			<h1 class="unseen">Edit integration</h1>
			<div class="editor-head">
				<Skeleton width="240px" height="28px" />
			</div>
			<div class="editor-skeleton-tabs">
				<Skeleton width="min(480px, 100%)" height="20px" />
			</div>
			<div class="editor-panel">
				<Skeleton height="160px" />
				<Skeleton height="240px" />
			</div>
		</div>
	);
}

function LoadFailure({ status, message, retry }: { status: number; message: string; retry: () => void }) {
	return (
		<div class="editor">
			<h1 class="unseen">Edit integration</h1>
			<div class="editor-panel">
				{status === 404 ? (
					<EmptyState title="There is no such integration" actions={<LinkButton href="/automations">My Automations</LinkButton>}>
						It was deleted, or it belongs to another workspace.
					</EmptyState>
				) : (
					<Callout kind="bad" alert title="The integration could not be loaded" actions={<Button onClick={retry}>Try again</Button>}>
						{message}
					</Callout>
				)}
			</div>
		</div>
	);
}
