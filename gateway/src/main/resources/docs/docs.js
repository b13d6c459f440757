const Prepared = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (contract) => {
          Object.values(contract.paths).forEach(giveParametersToOperations);
          options(contract).forEach(tellExample);
          return update(contract);
        },
      },
    },
  },
});

// Swagger UI does not resolve the parameters of a path in the first operation that is opened.
function giveParametersToOperations(path) {
  const { parameters = [], ...operations } = path;
  delete path.parameters;
  Object.values(operations).forEach((operation) => {
    operation.parameters = [...(operation.parameters ?? []), ...parameters];
  });
}

function options({ paths, components }) {
  return Object.values(paths)
    .flatMap((path) => Object.values(path))
    .flatMap((operation) => operation.parameters)
    .concat(Object.values(components.parameters))
    .filter((parameter) => parameter.schema && !parameter.required);
}

// Swagger UI would fill in the example of every optional parameter, and the request would be wrong or rejected. So the
// fields stay empty. The default and an example are shown next to each field.
function tellExample(option) {
  const told = [option.description];
  if (option.example !== undefined) {
    told.push(`Such as \`${option.example}\`.`);
    delete option.example;
  }
  if (option.schema.default !== undefined) {
    told.push(`By default \`${option.schema.default}\`.`);
    delete option.schema.default;
  }
  option.description = told.filter(Boolean).join(" ");
}

SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#contract",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  plugins: [Prepared],
});
