import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Editing } from "./editing";
import type { Live } from "./live";

/** What every part of the page shares. */
export interface EditorPage {
	editing: Editing;
	live: Live;
	/** IANA zone of the account, for schedules. */
	timeZone: string;
}

export const EditorContext = createContext<EditorPage | null>(null);

export function useEditor(): EditorPage {
	const page = useContext(EditorContext);
	if (page === null) throw new Error("useEditor outside the Edit integration page");
	return page;
}

export const TAB_IDS = ["general", "workflow", "webhook", "schedule", "logs", "run-now"] as const;
export type TabId = (typeof TAB_IDS)[number];

export const tabPath = (id: string, tab: TabId): string => `/automations/${encodeURIComponent(id)}/${tab}`;

export const executionPath = (id: string, executionId: string): string =>
	`${tabPath(id, "logs")}?execution=${encodeURIComponent(executionId)}`;
export const eventPath = (id: string, eventId: string): string => `${tabPath(id, "logs")}?view=inbox&entry=${encodeURIComponent(eventId)}`;
