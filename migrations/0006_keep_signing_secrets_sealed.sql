ALTER TABLE `integrations` ADD `signing` text;--> statement-breakpoint
ALTER TABLE `integrations` ADD `origin` text DEFAULT '' NOT NULL;