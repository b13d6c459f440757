// Swagger UI shows OpenAPI only. So the channels and messages of the AsyncAPI document become text, which it shows above
// the schemas.
const Readable = () => ({
  components: { operations: () => null, OpenAPIVersion: () => null },
  statePlugins: {
    spec: { wrapActions: { updateJsonSpec: (update) => (contract) => update(readable(contract)) } },
  },
});

function readable(contract) {
  const { info, channels, components } = contract;
  const chapters = Object.keys(channels).map((name) => chapter(name, contract));
  return {
    openapi: "3.1.0",
    info: { ...info, description: [info.description, ...chapters].join("\n\n") },
    paths: {},
    components: { schemas: components.schemas },
  };
}

function chapter(name, { channels, operations, components }) {
  const { title, address, description } = channels[name];
  const its = Object.values(operations).filter(({ channel }) => lastOf(channel) === name);
  return [
    `## ${title}: \`${address}\``,
    description,
    ...its.flatMap(({ summary, messages }) => [
      `### ${summary}`,
      ...messages.map(lastOf).map((message) => section(message, components.messages[message])),
    ]),
  ].join("\n\n");
}

function section(name, { summary, description, payload, examples = [] }) {
  return [
    `#### \`${name}\``,
    summary,
    description,
    `Schema: ${lastOf(payload)}`,
    ...examples.map((example) => `\`\`\`json\n${JSON.stringify(example.payload, null, 2)}\n\`\`\``),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function lastOf({ $ref }) {
  return $ref.split("/").at(-1);
}

SwaggerUIBundle({
  url: "/asyncapi.yaml",
  dom_id: "#contract",
  defaultModelsExpandDepth: 1,
  validatorUrl: null,
  plugins: [Readable],
});
