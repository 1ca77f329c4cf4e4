CREATE TABLE `alert_settings` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`webhook_url` text,
	`sealed_secret` text,
	`origin` text NOT NULL,
	`failed` integer DEFAULT true NOT NULL,
	`blocked` integer DEFAULT true NOT NULL,
	`silence` integer DEFAULT true NOT NULL,
	`silence_minutes` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	`base` integer DEFAULT 0 NOT NULL,
	`since` integer NOT NULL,
	`last_at` integer NOT NULL,
	`resolved_at` integer,
	`seen_at` integer,
	`notices` integer DEFAULT 0 NOT NULL,
	`noticed_count` integer DEFAULT 0 NOT NULL,
	`failed_tries` integer DEFAULT 0 NOT NULL,
	`next_notice_at` integer DEFAULT 0 NOT NULL,
	`notice_error` text,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`integration_id`) REFERENCES `integrations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_open` ON `alerts` (`integration_id`,`kind`) WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX `alerts_of_workspace` ON `alerts` (`workspace_id`,`since`,`id`);--> statement-breakpoint
CREATE INDEX `alerts_due` ON `alerts` (`next_notice_at`) WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX `alerts_resolved` ON `alerts` (`resolved_at`) WHERE resolved_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `integration_series` (
	`integration_id` text NOT NULL,
	`step` integer NOT NULL,
	`start` integer NOT NULL,
	`received` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`failed` integer NOT NULL,
	`filtered` integer NOT NULL,
	`lag_ms` integer,
	PRIMARY KEY(`integration_id`, `step`, `start`),
	FOREIGN KEY (`integration_id`) REFERENCES `integrations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `integration_series_age` ON `integration_series` (`step`,`start`);--> statement-breakpoint
CREATE INDEX `integration_series_failed` ON `integration_series` (`step`,`start`) WHERE failed > 0;--> statement-breakpoint
ALTER TABLE `integration_statistics` ADD `blocked_lanes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `integration_statistics_blocked` ON `integration_statistics` (`integration_id`) WHERE blocked_lanes > 0;