package io.tallyman.e2e.kubernetes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kustomization.yaml, with only the fields that this repository uses. */
record Kustomization(
    String apiVersion,
    String kind,
    @Nullable String namespace,
    List<String> resources,
    List<String> components,
    List<Labels> labels,
    List<Generator> configMapGenerator,
    List<Generator> secretGenerator,
    List<Image> images,
    List<Patch> patches) {
  static final String FILE = "kustomization.yaml";

  record Labels(Map<String, String> pairs, boolean includeTemplates) {}

  record Generator(
      String name,
      @Nullable String behavior,
      List<String> literals,
      List<String> envs,
      @Nullable Options options) {}

  record Options(boolean disableNameSuffixHash) {}

  record Image(String name, String newName, String newTag) {}

  /**
   * @param patch a list of {@link JsonPatch} in YAML
   */
  record Patch(Target target, String patch) {}

  record Target(String kind, String name) {}

  static Kustomization in(Path folder) {
    return StrictYaml.bind(
        StrictYaml.documents(folder.resolve(FILE)).getFirst(), Kustomization.class);
  }
}
