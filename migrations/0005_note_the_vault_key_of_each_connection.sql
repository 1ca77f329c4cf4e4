ALTER TABLE `connections` ADD `key_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `connections_by_key` ON `connections` (`key_version`);