import { useState } from "preact/hooks";
import type { Template } from "../../../worker/api/types";
import { api, call } from "../../api";
import { TextField } from "../../components/field";
import { LibraryIcon, SearchIcon } from "../../components/icons";
import { Page } from "../../components/page";
import { Card, EmptyState, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { useResource } from "../../resource";
import { byCategory, matching } from "./catalogue";
import { TemplateCard } from "./template-card";
import "./library.css";

/** The Library: ready-made integrations by category. */
export default function Library() {
	const [search, setSearch] = useState("");
	const { value, failure, reload } = useResource("templates", () => call(api.templates.$get({ query: {} })));
	const found = value && matching(value.items, search);

	return (
		<Page title="Library" about="Ready-made integrations. Pick one, answer a few questions, and it works.">
			<search class="search-box">
				<SearchIcon />
				<TextField
					label="Search templates"
					unlabelled
					type="search"
					placeholder="Search what it does"
					value={search}
					onValue={setSearch}
					autocomplete="off"
				/>
			</search>
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{!found && !failure && <Waiting />}
			{found?.length === 0 && (
				<EmptyState icon={LibraryIcon} title="No template matches">
					Start from a blank integration instead: it can do all that a template does.
				</EmptyState>
			)}
			{found && byCategory(found).map(({ category, templates }) => <Category key={category} category={category} templates={templates} />)}
		</Page>
	);
}

function Category({ category, templates }: { category: string; templates: readonly Template[] }) {
	return (
		<section class="stack" aria-label={category}>
			<h2>{category}</h2>
			<ul class="templates">
				{templates.map((template) => (
					<TemplateCard key={template.id} template={template} />
				))}
			</ul>
		</section>
	);
}

function Waiting() {
	return (
		<div class="templates" aria-busy="true">
			{Array.from({ length: 3 }, (_, index) => (
				<Card key={index}>
					<Skeleton height="18px" lines={6} />
				</Card>
			))}
		</div>
	);
}
