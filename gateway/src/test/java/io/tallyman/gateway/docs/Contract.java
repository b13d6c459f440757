package io.tallyman.gateway.docs;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document, with all references resolved. */
public record Contract(OpenAPI document, List<String> faults) {
  public static Contract read(String yaml) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(yaml, null, options);
    return new Contract(result.getOpenAPI(), result.getMessages());
  }

  /** The operations by method and path. */
  public Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    each((name, operation) -> operations.put(name, operation));
    return operations;
  }

  Map<String, Set<String>> queryParameters() {
    Map<String, Set<String>> parameters = new TreeMap<>();
    each(
        (name, operation) ->
            parameters.put(
                name,
                operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn().equals("query"))
                    .map(Parameter::getName)
                    .collect(Collectors.toSet())));
    return parameters;
  }

  private void each(BiConsumer<String, Operation> consumer) {
    document
        .getPaths()
        .forEach(
            (path, item) -> {
              Map<HttpMethod, Operation> methods = item.readOperationsMap();
              methods.forEach(
                  (method, operation) -> {
                    operation.setParameters(parameters(item, operation));
                    consumer.accept(method + " " + path, operation);
                  });
            });
  }

  /** The parameters of an operation and those of its path, each once. */
  private static List<Parameter> parameters(PathItem item, Operation operation) {
    return Stream.of(operation.getParameters(), item.getParameters())
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }
}
