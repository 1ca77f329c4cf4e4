/** The types that the UI takes from the worker. */

export type { Role } from "../db/schema";
export type * from "../events/protocol/delivery";
export type * from "../events/protocol/journal";
export type * from "../events/protocol/live";
export type * from "../events/protocol/statuses";
export type * from "../events/protocol/views";
export type { InboxEntry, InboxPage } from "../history/inbox";
export type { Verdict } from "../history/inbox-query";
export type { Region } from "../integrations/endpoint-key";
export type { MaskNote } from "../integrations/redaction/kept";
export type { Pattern } from "../integrations/redaction/patterns";
export type { Redaction } from "../integrations/redaction/rules";
export type {
	IntegrationStatus,
	OrderingSettings,
	RetentionSettings,
	ScheduleSettings,
	Vars,
	WebhookSettings,
} from "../integrations/settings";
export type {
	FilterStep,
	HttpStep,
	MapStep,
	Step,
	StepType,
	Template as TemplateValue,
	Workflow,
	WorkflowProblem,
} from "../integrations/workflow";
export type { Alert, AlertSettings } from "./alerts";
export type {
	Connection,
	Integration,
	IntegrationStatistics,
	IntegrationSummary,
	Invitation,
	Me,
	Member,
	Person,
	Queued,
	SchedulePreview,
	Template,
	Token,
	Usage,
	VersionDetail,
	VersionSummary,
	WorkspaceOfPerson,
} from "./answers";
export type { ExplanationView } from "./answers-explanation";
export type { DeliveryView as DeliveryDetail, MaskedEvent, ScheduleState } from "./answers-history";
export type { SentElsewhere } from "./answers-inbox";
export type { SenderView } from "./answers-senders";
export type { Regions } from "./regions";
export type { Statistics } from "./statistics";
