import { useState } from "preact/hooks";
import type { Region, Template } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button, LinkButton } from "../../components/button";
import { Page } from "../../components/page";
import { Callout, Card, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { toast } from "../../components/toast";
import { goTo } from "../../navigation";
import { useResource } from "../../resource";
import { hasRole } from "../../session";
import { type Answers, aboutOf, answersOf, firstAnswers, type Problems, problemsOf } from "./answers";
import { TRIGGER_WORDS } from "./catalogue";
import { RegionField, useRegions } from "./region-field";
import { NameStep, QuestionsStep, ReviewStep } from "./setup-steps";
import { Stepper } from "./stepper";
import { TemplateFacts } from "./template-card";
import "./library.css";

/** The wizard of one template; ends in a working integration, opened where its trigger is switched on. */
export default function Setup({ templateId = "" }: { templateId?: string }) {
	const {
		value: template,
		failure,
		reload,
	} = useResource(`template ${templateId}`, () => call(api.templates[":id"].$get({ param: { id: templateId } })));
	return (
		<Page title={template?.name ?? "Set up"} back={{ href: "/library", label: "All templates" }} about={template?.summary} width="narrow">
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{!template && !failure && (
				<Card>
					<Skeleton height="18px" lines={6} />
				</Card>
			)}
			{template && <Wizard key={template.id} template={template} />}
		</Page>
	);
}

function Wizard({ template }: { template: Template }) {
	const [name, setName] = useState(template.name);
	const [answers, setAnswers] = useState<Answers>(() => firstAnswers(template));
	const [tried, setTried] = useState(false);
	const [region, setRegion] = useState<Region | null>(null);
	const { recommended } = useRegions();
	const [at, setAt] = useState(0);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string>();
	const steps = template.questions.length > 0 ? ["Name", "Questions", "Review"] : ["Name", "Review"];
	const step = steps[at] ?? "Review";

	const problems: Problems = tried ? problemsOf(template, name, answers, step) : {};

	function goOn() {
		const ready = Object.keys(problemsOf(template, name, answers, step)).length === 0;
		setTried(!ready);
		if (ready) setAt(at + 1);
	}

	async function create() {
		setBusy(true);
		setRefusal(undefined);
		const result = await call(
			api.integrations.$post({
				json: {
					templateId: template.id,
					name: name.trim(),
					region: region ?? recommended,
					answers: answersOf(template, answers),
					...aboutOf(template),
				},
			}),
		);
		setBusy(false);
		if (!result.ok) return setRefusal(result.message);
		toast(`“${result.value.name}” is ready.`);
		goTo(`/automations/${result.value.id}/${template.trigger === "schedule" ? "schedule" : "webhook"}`);
	}

	if (!hasRole("member"))
		return (
			<Card>
				<TemplateFacts template={template} />
				<Callout>A viewer cannot create integrations. Ask an admin for the role of member.</Callout>
			</Card>
		);
	return (
		<form
			class="stack"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (step === "Review") create();
				else goOn();
			}}
		>
			<Stepper steps={steps} at={at} />
			<Card>
				<div class="stack">
					{step === "Name" && (
						<>
							<NameStep template={template} name={name} onName={setName} error={problems.name} />
							<RegionField value={region} onValue={setRegion} />
						</>
					)}
					{step === "Questions" && (
						<QuestionsStep
							template={template}
							answers={answers}
							problems={problems}
							onAnswer={(id, answer) => setAnswers({ ...answers, [id]: answer })}
						/>
					)}
					{step === "Review" && <ReviewStep template={template} name={name} answers={answers} trigger={TRIGGER_WORDS[template.trigger]} />}
					{refusal && (
						<Callout kind="bad" alert title="The integration was not created">
							{refusal}
						</Callout>
					)}
				</div>
			</Card>
			<div class="row apart">
				{at === 0 ? <LinkButton href="/library">Cancel</LinkButton> : <Button onClick={() => setAt(at - 1)}>Back</Button>}
				<Button type="submit" kind="primary" busy={busy}>
					{step === "Review" ? "Create integration" : "Continue"}
				</Button>
			</div>
		</form>
	);
}
