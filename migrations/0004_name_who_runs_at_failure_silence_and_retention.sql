ALTER TABLE `integrations` ADD `retention` text;--> statement-breakpoint
ALTER TABLE `integrations` ADD `silence_minutes` integer;--> statement-breakpoint
ALTER TABLE `integrations` ADD `on_failure` text;