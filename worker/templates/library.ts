import { blank } from "./blank";
import { stockSchedule } from "./stock-schedule";
import { stockWebhook } from "./stock-webhook";
import type { Template } from "./template";

/** The Library, in the order in which it is shown. A new template is a file of its own and a line here. */
export const LIBRARY: readonly Template[] = [stockWebhook, stockSchedule, blank];

export const findTemplate = (id: string): Template | null => LIBRARY.find((template) => template.id === id) ?? null;
