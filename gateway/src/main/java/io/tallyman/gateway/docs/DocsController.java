package io.tallyman.gateway.docs;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class DocsController {
  private static final String YAML = "application/yaml";
  private static final String HTML = "text/html; charset=utf-8";

  private final Assets assets;
  private final ProblemPage problems;

  DocsController(Assets assets, ProblemPage problems) {
    this.assets = assets;
    this.problems = problems;
  }

  @Get("/openapi.yaml")
  @Produces({YAML, MediaType.ALL})
  HttpResponse<StreamedFile> contract() {
    return HttpResponse.ok(assets.own("openapi.yaml", MediaType.of(YAML)));
  }

  @Get("/docs")
  @Produces(HTML)
  HttpResponse<StreamedFile> page() {
    return HttpResponse.ok(assets.own("index.html", MediaType.of(HTML)));
  }

  @Get("/docs/problems")
  @Produces(HTML)
  String problems() {
    return problems.html();
  }

  /** What the pages load. */
  @Get("/docs/assets/{name}")
  @Produces(MediaType.ALL)
  HttpResponse<StreamedFile> asset(String name) {
    return assets
        .find(name)
        .<HttpResponse<StreamedFile>>map(HttpResponse::ok)
        .orElseGet(HttpResponse::notFound);
  }
}
