package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All folders with a kustomization.yaml. Of the overlays only the example; others belong to
 * operators.
 */
final class KustomizationTest {
  static List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.walk(Example.KUBERNETES)) {
      return files
          .filter(file -> file.endsWith(Kustomization.FILE))
          .map(Path::getParent)
          .filter(folder -> folder.equals(Example.OVERLAY) || !isOverlay(folder))
          .map(Example.KUBERNETES::relativize)
          .toList();
    }
  }

  private static boolean isOverlay(Path folder) {
    return folder.startsWith(Example.OVERLAY.getParent());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void namesTheManifestsThatAreThereAndNoOthers(Path folder) throws IOException {
    assertThat(resources(folder))
        .filteredOn(resource -> resource.endsWith(".yaml"))
        .containsExactlyInAnyOrderElementsOf(
            files(folder, ".yaml").filter(name -> !name.equals(Kustomization.FILE)).toList());
    assertThat(resources(folder))
        .filteredOn(resource -> !resource.endsWith(".yaml"))
        .allMatch(other -> Files.exists(in(folder).resolve(other).resolve(Kustomization.FILE)));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyFileOfSecretsIsAnExampleThatIsThere(Path folder) throws IOException {
    assertThat(Kustomization.in(in(folder)).secretGenerator())
        .flatExtracting(Kustomization.Generator::envs)
        .containsExactlyInAnyOrderElementsOf(
            files(folder, ".env.example").map(name -> name.replace(".example", "")).toList());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void manifestsAreOfKubernetesModel(Path folder) {
    assertThat(resources(folder))
        .filteredOn(resource -> resource.endsWith(".yaml"))
        .flatExtracting(resource -> StrictYaml.documents(in(folder).resolve(resource)))
        .isNotEmpty()
        .allSatisfy(
            document -> assertThatCode(() -> Manifests.bind(document)).doesNotThrowAnyException());
  }

  private static List<String> resources(Path folder) {
    return Kustomization.in(in(folder)).resources();
  }

  private static Path in(Path folder) {
    return Example.KUBERNETES.resolve(folder);
  }

  private static Stream<String> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(in(folder))) {
      return files.map(file -> file.getFileName().toString()).toList().stream()
          .filter(name -> name.endsWith(ending));
    }
  }
}
