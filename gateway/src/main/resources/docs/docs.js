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

// If the reader is logged in to the dashboard, the browser sends the session too, and changes need its CSRF token.
async function withCsrfToken(request) {
  if (!["GET", "HEAD", undefined].includes(request.method?.toUpperCase())) {
    const session = await fetch("/api/v1/auth/session");
    const { csrf_token: token } = session.ok ? await session.json() : {};
    token && (request.headers["X-CSRF-Token"] = token);
  }
  return request;
}

SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#contract",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: withCsrfToken,
  plugins: [Prepared],
});
