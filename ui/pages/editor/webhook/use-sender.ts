import type { SenderView } from "../../../../worker/api/types";
import { type Resource, useResource } from "../../../resource";
import { calls } from "../calls";
import { useEditor } from "../context";

/** The sender that is chosen in the draft, whether saved or not; undefined while it loads, and where anyone may send. */
export function useSender(): Resource<SenderView> {
	const { scheme } = useEditor().editing.draft.value.webhook.verification;
	return useResource(scheme === "none" ? null : `sender ${scheme}`, () => calls.sender(scheme));
}
