import type { Template } from "../../../worker/api/types";
import { TextField } from "../../components/field";
import { type Answers, type Problems, STAND_IN } from "./answers";
import { IntegrationField, type QuestionFieldProps, useReceivers } from "./integration-field";
import { TemplateFacts } from "./template-card";

type Question = Template["questions"][number];

export function NameStep({
	template,
	name,
	onName,
	error,
}: {
	template: Template;
	name: string;
	onName: (name: string) => void;
	error: string | undefined;
}) {
	return (
		<>
			<p>{template.description}</p>
			<TemplateFacts template={template} />
			<div>
				<h2>What it does</h2>
				<ol class="template-steps">
					{template.steps.map((step) => (
						<li key={step}>{step}</li>
					))}
				</ol>
			</div>
			<TextField label="Name of the integration" value={name} onValue={onName} error={error} maxLength={120} autocomplete="off" />
		</>
	);
}

interface QuestionsStepProps {
	template: Template;
	answers: Answers;
	problems: Problems;
	onAnswer: (id: string, answer: string) => void;
}

export function QuestionsStep({ template, answers, problems, onAnswer }: QuestionsStepProps) {
	return (
		<>
			{template.questions.map((question) => (
				<QuestionField
					key={question.id}
					question={question}
					answer={answers[question.id] ?? ""}
					error={problems[question.id]}
					onAnswer={(answer) => onAnswer(question.id, answer)}
				/>
			))}
		</>
	);
}

function QuestionField(props: QuestionFieldProps) {
	const { question, answer, error, onAnswer } = props;
	if (question.type === "integration") return <IntegrationField {...props} />;
	return (
		<TextField
			label={question.label}
			help={question.help}
			error={error}
			optional={!question.required}
			value={answer}
			onValue={onAnswer}
			mono={question.type === "url"}
			placeholder={question.placeholder ?? ""}
			autocomplete="off"
		/>
	);
}

export function ReviewStep({ template, name, answers, trigger }: { template: Template; name: string; answers: Answers; trigger: string }) {
	const receivers = useReceivers();
	return (
		<>
			<dl class="review">
				<div>
					<dt>Name</dt>
					<dd>{name}</dd>
				</div>
				<div>
					<dt>Starts</dt>
					<dd>{trigger}</dd>
				</div>
				{template.questions.map((question) => (
					<div key={question.id}>
						<dt>{question.label}</dt>
						<dd>{inWords(question, answers[question.id] ?? "", receivers)}</dd>
					</div>
				))}
			</dl>
			<p class="soft">
				{template.trigger === "schedule"
					? "Next you switch its schedule on. Everything can be changed later."
					: "Next you switch its webhook on and get its URL. Everything can be changed later."}
			</p>
		</>
	);
}

function inWords(question: Question, answer: string, receivers: readonly { id: string; name: string }[]): string {
	if (answer === STAND_IN) return question.standIn ?? answer;
	return receivers.find((one) => one.id === answer)?.name ?? (answer === "" ? "left empty" : answer);
}
