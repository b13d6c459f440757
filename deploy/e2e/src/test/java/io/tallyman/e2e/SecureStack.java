package io.tallyman.e2e;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import io.tallyman.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * A stack in containers with TLS on every connection, configured as the documents describe it. Each
 * part has a certificate for its own name and for {@code localhost}. Two more gateways are
 * configured wrongly, so that they refuse all other parts.
 *
 * @param authority its folder is mounted into all containers
 */
record SecureStack(TestAuthority authority) {
  /** Trusts another authority. */
  static final String OTHER_AUTHORITY = "gateway-2";

  /** Calls the other parts by names that are not in their certificates. */
  static final String OTHER_NAMES = "gateway-3";

  static final int BROKER_PORT = 5671;
  private static final int HTTP_PORT = 8080;

  /** Runs as the owner of PostgreSQL's files. A key that others can read would be rejected. */
  private static final String POSTGRES =
      """
      cp /tls/postgres.pem /tls/postgres-key.pem "$PGDATA"
      chmod 600 "$PGDATA/postgres-key.pem"
      cat >>"$PGDATA/postgresql.conf" <<CONF
      ssl = on
      ssl_cert_file = 'postgres.pem'
      ssl_key_file = 'postgres-key.pem'
      CONF
      sed -i 's/^host all all all/hostssl all all all/' "$PGDATA/pg_hba.conf"
      """;

  private static final String RABBITMQ =
      """
      listeners.tcp = none
      listeners.ssl.default = %d
      ssl_options.cacertfile = /tls/ca.pem
      ssl_options.certfile = /tls/rabbitmq.pem
      ssl_options.keyfile = /tls/rabbitmq-key.pem
      """
          .formatted(BROKER_PORT);

  static ContainerStack start(TestAuthority authority, TestAuthority other) throws IOException {
    Path files = authority.directory();
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path unknown = Files.copy(other.certificate(), files.resolve("other-ca.pem"));
    unknown.toFile().deleteOnExit();
    SecureStack secure = new SecureStack(authority);
    return ContainerStack.start(
        ServiceImages.IMAGES, new Layout(1, 3, 1, 0), Map.of(), secure::change);
  }

  private void change(String part, GenericContainer<?> container) {
    container.withCreateContainerCmdModifier(
        create -> mountFiles(requireNonNull(create.getHostConfig())));
    switch (part) {
      case "postgres" -> {
        issue(part);
        container.withCopyToContainer(
            Transferable.of(POSTGRES, 0755), "/docker-entrypoint-initdb.d/tls.sh");
      }
      case "rabbitmq" -> {
        issue(part);
        container
            .withNetworkAliases("rabbitmq.example")
            .withCopyToContainer(Transferable.of(RABBITMQ), "/etc/rabbitmq/conf.d/30-tls.conf")
            .waitingFor(Wait.forListeningPorts(BROKER_PORT))
            .setExposedPorts(List.of(BROKER_PORT));
      }
      default -> secure(part, container);
    }
  }

  private void secure(String part, GenericContainer<?> service) {
    String name = part.replaceFirst("-[0-9]+$", "");
    issue(name);
    service
        .withNetworkAliases(name + ".example")
        .withEnv("TALLYMAN_TLS_CERTIFICATE", "/tls/" + name + ".pem")
        .withEnv("TALLYMAN_TLS_KEY", "/tls/" + name + "-key.pem")
        .withEnv(
            "TALLYMAN_TLS_CA", part.equals(OTHER_AUTHORITY) ? "/tls/other-ca.pem" : "/tls/ca.pem")
        .waitingFor(Wait.forHttps("/health/readiness").forPort(HTTP_PORT).allowInsecure());
    Map.copyOf(service.getEnvMap())
        .forEach(
            (variable, value) -> {
              String secure = secure(variable, value);
              service.withEnv(variable, part.equals(OTHER_NAMES) ? renamed(secure) : secure);
            });
  }

  private static String secure(String variable, String value) {
    return switch (variable) {
      case "TALLYMAN_USER_SERVICE_URL", "TALLYMAN_BILLING_SERVICE_URL", "TALLYMAN_WORKER_URL" ->
          value.replace("http:", "https:");
      case "TALLYMAN_BROKER_URI" -> value.replace("amqp:", "amqps:").replace(":5672", ":5671");
      case "TALLYMAN_DATABASE_URL" -> value + "?sslmode=verify-full&sslrootcert=/tls/ca.pem";
      default -> value;
    };
  }

  /** The same address with another name. */
  private static String renamed(String address) {
    return address.replaceFirst("(user-service|billing-service|worker|rabbitmq):", "$1.example:");
  }

  private void issue(String name) {
    authority.issue(name, name, "localhost");
  }

  private void mountFiles(HostConfig host) {
    List<Mount> mounts = new ArrayList<>(host.getMounts() == null ? List.of() : host.getMounts());
    mounts.add(
        new Mount()
            .withType(MountType.BIND)
            .withSource(authority.directory().toString())
            .withTarget("/tls")
            .withReadOnly(true));
    host.withMounts(mounts);
  }
}
