import type { InboxPage, SentElsewhere } from "../../../../worker/api/types";
import { api, call as callTyped, chosenWorkspace, type Result } from "../../../api";

/** The calls of the inbox; as those of the page, none throws. */
const call = <T>(request: Promise<unknown>): Promise<Result<T>> => callTyped(request) as unknown as Promise<Result<T>>;
const inbox = api.integrations[":id"].inbox;

/** @param asked filters by the API's names */
export const listInbox = (id: string, asked: Record<string, string>, cursor: string | null): Promise<Result<InboxPage>> =>
	call(inbox.$get({ param: { id }, query: { ...asked, limit: "50", ...(cursor === null ? {} : { cursor }) } as Record<string, string> }));

export const sendElsewhere = (id: string, entryId: string, wanted: { url: string; withPath: boolean }): Promise<Result<SentElsewhere>> =>
	call(inbox[":entryId"].send.$post({ param: { id, entryId }, json: wanted }));

/** Where the body of an entry is saved from. A link sends no headers, so the workspace travels in the address. */
export function bodyHref(id: string, entryId: string): string {
	const workspace = chosenWorkspace();
	const named = workspace === null ? "" : `?workspace=${encodeURIComponent(workspace)}`;
	return `/api/integrations/${encodeURIComponent(id)}/inbox/${encodeURIComponent(entryId)}/body${named}`;
}
