package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults in a manifest are found. */
final class StrictYamlTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: gateway
      spec:
        replicas: 2
        template:
          spec:
            automountServiceAccountToken: false
            containers:
              - name: gateway
                args: ["-a"]
                env:
                  - name: MICRONAUT_SERVER_PORT
                    value: "8080"
                livenessProbe:
                  httpGet:
                    port: http
                resources:
                  limits:
                    memory: 768Mi
      """;

  @Test
  void rightManifestIsBound() throws IOException {
    Manifests manifests = Manifests.of(StrictYaml.documents(DEPLOYMENT));

    assertThat(manifests.all(Deployment.class))
        .extracting(deployment -> deployment.getSpec().getReplicas())
        .containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource({
    "metadata:, metadate:, metadate",
    "replicas: 2, replica: 2, replica",
    "automountServiceAccountToken, autoMountServiceAccountToken, autoMountServiceAccountToken",
    "port: http, prot: http, prot",
    "replicas: 2, replicas: '\"2\"', replicas",
    "replicas: 2, replicas: two, replicas",
    "replicas: 2, replicas: 2.5, replicas",
    "false, '\"false\"', automountServiceAccountToken",
    "'\"8080\"', 8080, value",
    "'\"8080\"', true, value",
    "'[\"-a\"]', '-a', args",
    "name: gateway, name: [gateway], name",
    "memory: 768Mi, memory: [768Mi], memory"
  })
  void wrongFieldOrTypeIsRefusedAndNamed(String right, String wrong, String named)
      throws IOException {
    List<ObjectNode> documents = StrictYaml.documents(DEPLOYMENT.replace(right, wrong));

    assertThatThrownBy(() -> Manifests.of(documents))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("\"" + named + "\"");
  }

  @ParameterizedTest
  @CsvSource({"apps/v1, apps/v2", "Deployment, Deploymend"})
  void unknownKindIsRefused(String right, String wrong) throws IOException {
    List<ObjectNode> documents = StrictYaml.documents(DEPLOYMENT.replace(right, wrong));

    assertThatThrownBy(() -> Manifests.of(documents)).hasMessageContaining(wrong);
  }

  @Test
  void keyThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> StrictYaml.documents("spec:\n  replicas: 2\n  replicas: 3\n"))
        .hasMessageContaining("Duplicate field 'replicas'");
  }

  @ParameterizedTest
  @CsvSource({
    "pollingInterval, pollInterval",
    "valueLocation, valueLocations",
    "stabilizationWindowSeconds, stabilisationWindowSeconds",
    "'\"4\"', 4"
  })
  void scaledObjectIsHeldToItsFieldsToo(String right, String wrong) throws IOException {
    String yaml =
        Files.readString(Example.KUBERNETES.resolve("components/keda/scaled-object.yaml"));
    List<ObjectNode> known = StrictYaml.documents(yaml);
    List<ObjectNode> unknown = StrictYaml.documents(yaml.replace(right, wrong));

    assertThatCode(() -> Manifests.of(known)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Manifests.of(unknown)).isInstanceOf(AssertionError.class);
  }
}
