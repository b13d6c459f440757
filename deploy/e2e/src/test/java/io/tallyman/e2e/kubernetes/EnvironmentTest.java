package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.tallyman.e2e.KnownSettings;
import io.tallyman.e2e.Setting;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the environment variables of the services. */
final class EnvironmentTest {
  /** Settings whose defaults are for a single machine, so that the manifests must set them. */
  private static final Set<String> NEEDED =
      Set.of(
          "MICRONAUT_SERVER_PORT",
          "TALLYMAN_CURSORS_KEY",
          "TALLYMAN_DATABASE_PASSWORD",
          "TALLYMAN_DATABASE_USER",
          "TALLYMAN_MANAGEMENT_PORT",
          "TALLYMAN_BROKER_URI",
          "TALLYMAN_SECRETS_GATEWAY",
          "TALLYMAN_SECRETS_WORKER",
          "TALLYMAN_STORE_DIRECTORY");

  private final Manifests manifests = Example.manifests();

  static List<Deployment> deployments() {
    return Example.manifests().deployments();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void isOfSettingsThatTheServiceHas(Deployment deployment) throws IOException {
    assertThat(environment(deployment).keySet())
        .isSubsetOf(settings(deployment).stream().map(Setting::variable).toList());
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void leavesNothingToDefaultsThatAreForALoneMachine(Deployment deployment) throws IOException {
    assertThat(environment(deployment))
        .containsKeys(
            settings(deployment).stream()
                .filter(
                    setting ->
                        setting.usual().contains("localhost")
                            || NEEDED.contains(setting.variable()))
                .map(Setting::variable)
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void leadsToServicesThatAreThere(Deployment deployment) {
    Map<String, String> environment = environment(deployment);
    assertThat(environment)
        .containsEntry("MICRONAUT_SERVER_PORT", "8080")
        .containsEntry("TALLYMAN_MANAGEMENT_PORT", "8090");
    assertThat(environment)
        .allSatisfy(
            (variable, value) -> {
              if (variable.endsWith("_SERVICE_URL")) {
                assertThat(services()).contains(URI.create(value));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void storeIsWhereItsVolumeIs(Deployment deployment) {
    String directory = environment(deployment).get("TALLYMAN_STORE_DIRECTORY");

    assertThat(Manifests.container(deployment).getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("sheet-store"))
        .extracting(mount -> mount.getMountPath())
        .isEqualTo(directory == null ? List.of() : List.of(directory));
  }

  private Map<String, String> environment(Deployment deployment) {
    return new Environment(manifests).of(Manifests.container(deployment));
  }

  private List<URI> services() {
    return manifests.all(Service.class).stream()
        .map(
            service ->
                "http://%s:%d"
                    .formatted(
                        service.getMetadata().getName(),
                        service.getSpec().getPorts().getFirst().getPort()))
        .map(URI::create)
        .toList();
  }

  private static List<Setting> settings(Deployment deployment) throws IOException {
    return new KnownSettings(Example.HOME)
        .find().stream()
            .filter(setting -> setting.service().equals(deployment.getMetadata().getName()))
            .toList();
  }
}
