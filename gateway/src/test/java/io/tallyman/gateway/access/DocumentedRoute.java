package io.tallyman.gateway.access;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.tallyman.gateway.Client;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A route of the OpenAPI document, and a request that is matched to it.
 *
 * @param name the method and the template of the path
 * @param path an address of the route
 * @param type of the body; empty if it has none
 */
record DocumentedRoute(String name, String path, String type) {
  private static final String UUID = "0197a3c2-6f00-7000-8000-000000000001";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  static DocumentedRoute of(String name, Operation operation) {
    String path = name.split(" ", 2)[1];
    for (Parameter parameter : in("path", operation)) {
      path = path.replace('{' + parameter.getName() + '}', value(parameter.getSchema()));
    }
    String type =
        operation.getRequestBody() == null
            ? ""
            : operation.getRequestBody().getContent().keySet().iterator().next();
    return new DocumentedRoute(name, path, type);
  }

  /** A route without a body that is not in the document. */
  static DocumentedRoute of(String name, String path) {
    return new DocumentedRoute(name, path, "");
  }

  private static List<Parameter> in(String place, Operation operation) {
    return operation.getParameters().stream()
        .filter(parameter -> parameter.getIn().equals(place))
        .toList();
  }

  private static String value(Schema<?> schema) {
    if ("uuid".equals(schema.getFormat())) {
      return UUID;
    }
    return schema.getTypes() != null && schema.getTypes().contains("integer") ? "3" : "a-name";
  }

  String method() {
    return name.split(" ", 2)[0];
  }

  boolean changesSomething() {
    return !SAFE.contains(method());
  }

  HttpRequest.Builder request(Client client, Map<String, String> headers) {
    HttpRequest.Builder request = client.anonymous(path);
    headers.forEach(request::header);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return request.method(
        method(), type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
  }

  @Override
  public String toString() {
    return name;
  }
}
