import { defineConfig } from "drizzle-kit";

// `npm run migration -- --name what_it_does` writes the next migration; released ones are never edited.
export default defineConfig({ dialect: "sqlite", schema: "./worker/db/schema/index.ts", out: "./migrations", casing: "snake_case" });
