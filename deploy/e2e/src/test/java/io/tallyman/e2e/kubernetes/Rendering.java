package io.tallyman.e2e.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallyman.e2e.kubernetes.Kustomization.Generator;
import io.tallyman.e2e.kubernetes.Kustomization.Image;
import io.tallyman.e2e.kubernetes.Kustomization.Labels;
import io.tallyman.e2e.kubernetes.Kustomization.Patch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Renders a folder like {@code kubectl kustomize}, with only the features that this repository
 * uses. Other features are rejected when they are read. The names of generated objects have no
 * content hash, and the secrets are those of the examples.
 */
final class Rendering {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<ObjectNode> objects = new ArrayList<>();

  private Rendering() {}

  static List<ObjectNode> of(Path folder) {
    return of(folder, Kustomization.in(folder).components());
  }

  /**
   * @param components replaces the components of the kustomization
   */
  static List<ObjectNode> of(Path folder, List<String> components) {
    Rendering rendering = new Rendering();
    rendering.add(folder, components);
    return List.copyOf(rendering.objects);
  }

  private void add(Path folder, List<String> components) {
    Kustomization kustomization = Kustomization.in(folder);
    for (String resource : kustomization.resources()) {
      Path path = folder.resolve(resource);
      objects.addAll(Files.isDirectory(path) ? of(path) : StrictYaml.documents(path));
    }
    kustomization.configMapGenerator().forEach(map -> generate("ConfigMap", "data", map, folder));
    kustomization.secretGenerator().forEach(map -> generate("Secret", "stringData", map, folder));
    for (String component : components) {
      Path path = folder.resolve(component);
      add(path, Kustomization.in(path).components());
    }
    kustomization.patches().forEach(this::patch);
    kustomization.labels().forEach(this::label);
    kustomization.images().forEach(this::name);
    if (kustomization.namespace() != null) {
      place(kustomization.namespace());
    }
  }

  private void generate(String kind, String field, Generator generator, Path folder) {
    ObjectNode data =
        "merge".equals(generator.behavior())
            ? find(kind, generator.name()).withObject("/" + field)
            : create(kind, generator.name()).putObject(field);
    Stream.concat(
            generator.literals().stream(),
            generator.envs().stream().flatMap(file -> lines(folder.resolve(file + ".example"))))
        .map(literal -> literal.split("=", 2))
        .forEach(pair -> data.put(pair[0], pair[1]));
  }

  private ObjectNode create(String kind, String name) {
    ObjectNode object = JSON.objectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    objects.add(object);
    return object;
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private ObjectNode find(String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
  }

  private void patch(Patch patch) {
    ObjectNode target = find(patch.target().kind(), patch.target().name());
    StrictYaml.bindList(patch.patch(), JsonPatch.class)
        .forEach(operation -> operation.apply(target));
  }

  private void label(Labels labels) {
    for (ObjectNode object : objects) {
      put(labels, object);
      if (labels.includeTemplates() && object.at("/spec/template") instanceof ObjectNode template) {
        put(labels, template);
      }
    }
  }

  private static void put(Labels labels, ObjectNode object) {
    labels.pairs().forEach(object.withObject("/metadata/labels")::put);
  }

  private void name(Image image) {
    for (ObjectNode object : objects) {
      for (JsonNode container : object.at("/spec/template/spec/containers")) {
        if (container.path("image").asText().equals(image.name())) {
          ((ObjectNode) container).put("image", image.newName() + ":" + image.newTag());
        }
      }
    }
  }

  private void place(String namespace) {
    objects.stream()
        .filter(object -> !object.path("kind").asText().equals("Namespace"))
        .forEach(object -> object.withObject("/metadata").put("namespace", namespace));
  }
}
