package io.tallyman.gateway.docs;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;

@Controller
@AllowedFor(Access.PUBLIC)
@ExecuteOn(TaskExecutors.BLOCKING)
class DocsController {
  private static final String YAML = "application/yaml";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String TYPESCRIPT = "text/plain; charset=utf-8";

  private final Assets assets;
  private final ProblemPage problems;

  DocsController(Assets assets, ProblemPage problems) {
    this.assets = assets;
    this.problems = problems;
  }

  @Get("/openapi.yaml")
  @Produces(YAML)
  byte[] contract() {
    return assets.own("openapi.yaml");
  }

  @Get("/asyncapi.yaml")
  @Produces(YAML)
  byte[] liveContract() {
    return assets.own("asyncapi.yaml");
  }

  /** The module that follows tasks, for browsers and Node.js. */
  @Get("/tallyman-tasks.js")
  @Produces(JAVASCRIPT)
  byte[] client() {
    return assets.own("tallyman-tasks.js");
  }

  /** The TypeScript declarations of the module. */
  @Get("/tallyman-tasks.d.ts")
  @Produces(TYPESCRIPT)
  byte[] clientTypes() {
    return assets.own("tallyman-tasks.d.ts");
  }

  @Get("/docs")
  @Produces(HTML)
  byte[] page() {
    return assets.own("index.html");
  }

  @Get("/docs/live")
  @Produces(HTML)
  byte[] livePage() {
    return assets.own("live.html");
  }

  @Get("/docs/problems")
  @Produces(HTML)
  String problems() {
    return problems.html();
  }

  /** Scripts and styles of the pages. */
  @Get("/docs/assets/{name}")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> asset(String name) {
    return assets
        .find(name)
        .<HttpResponse<byte[]>>map(
            bytes -> HttpResponse.ok(bytes).contentType(MediaType.forFilename(name)))
        .orElseGet(HttpResponse::notFound);
  }
}
