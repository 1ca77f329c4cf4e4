/** The types that the UI takes from the worker. */

export type { ConnectionKind, Role } from "../db/schema";
export type * from "../events/protocol/delivery";
export type * from "../events/protocol/journal";
export type * from "../events/protocol/live";
export type * from "../events/protocol/statuses";
export type * from "../events/protocol/views";
export type { BatchPlace } from "../history/batch-place";
export type { InboxEntry, InboxPage } from "../history/inbox";
export type { InboxQuery, Verdict } from "../history/inbox-query";
export type { FoundEvent, SearchPage } from "../history/search";
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
	Retry,
	Step,
	StepType,
	Template as TemplateValue,
	Workflow,
	WorkflowProblem,
} from "../integrations/workflow";
export type { QuestionType } from "../templates/template";
export type { Alert, AlertSettings } from "./alerts";
export type {
	Connection,
	ErrorAnswer,
	Integration,
	IntegrationStatistics,
	IntegrationSummary,
	Invitation,
	InvitationSeen,
	Link,
	Me,
	Member,
	NewInvitation,
	NewToken,
	Person,
	Queued,
	SchedulePreview,
	SignUpMode,
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
export type { Api } from "./app";
export type { Regions } from "./regions";
export type { Statistics } from "./statistics";
