package io.tallyman.kit.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.tallyman.kit.tls.TrustedAuthorities;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's connection to the broker. It is opened on first use, and opened again on the next
 * use after it was lost. There is no automatic recovery: code that uses a channel notices that the
 * channel was closed, asks for the connection again, and declares and consumes again.
 */
@Singleton
@Requires(classes = ConnectionFactory.class)
@Requires(beans = BrokerConfiguration.class)
public final class BrokerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int HEARTBEAT_SECONDS = 10;

  private final ConnectionFactory factory = new ConnectionFactory();
  private final String name;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable Connection connection;
  private volatile boolean blocked;
  private boolean reported;
  private long nextTry = System.nanoTime();

  BrokerConnection(
      BrokerConfiguration configuration,
      TrustedAuthorities authorities,
      @Value("${micronaut.application.name}") String name)
      throws URISyntaxException, GeneralSecurityException {
    this.name = name;
    factory.setUri(configuration.uri());
    if (factory.isSSL()) {
      // Without this, the library trusts every certificate. With it, it checks the host name too.
      factory.useSslProtocol(authorities.forInstallation());
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setThreadFactory(Thread.ofPlatform().daemon().name("amqp-", 0).factory());
  }

  /**
   * Returns the open connection. If there is none, this tries to open one, at most once a second.
   *
   * @return empty while the broker cannot be reached; ask again later
   */
  public Optional<Connection> open() {
    if (isOpen()) {
      return Optional.ofNullable(connection);
    }
    connecting.lock();
    try {
      if (!isOpen() && System.nanoTime() - nextTry >= 0) {
        nextTry = System.nanoTime() + BETWEEN_TRIES.toNanos();
        connect();
      }
      return isOpen() ? Optional.ofNullable(connection) : Optional.empty();
    } finally {
      connecting.unlock();
    }
  }

  /** Whether the connection is open now. */
  public boolean isOpen() {
    Connection current = connection;
    return current != null && current.isOpen();
  }

  /**
   * Whether the broker accepts no messages now, because it has too little memory or disk space. A
   * publisher that publishes anyway will block sooner or later.
   */
  public boolean isBlocked() {
    return blocked;
  }

  private void connect() {
    try {
      Connection opened = factory.newConnection(name);
      blocked = false;
      opened.addBlockedListener(this::blocked, this::unblocked);
      connection = opened;
      reported = false;
      LOG.info("Connected to the broker at {}:{}", factory.getHost(), factory.getPort());
    } catch (IOException | TimeoutException failure) {
      if (!reported) {
        LOG.warn(
            "The broker at {}:{} cannot be reached ({}); trying again every second",
            factory.getHost(),
            factory.getPort(),
            failure.toString());
        reported = true;
      }
    }
  }

  private void blocked(String reason) {
    LOG.warn(
        "The broker accepts no messages ({}); messages wait here until it accepts them again",
        reason);
    blocked = true;
  }

  private void unblocked() {
    LOG.info("The broker accepts messages again");
    blocked = false;
  }

  @PreDestroy
  void close() {
    Connection current = connection;
    if (current != null) {
      current.abort(CONNECT_TIMEOUT_MILLIS);
    }
  }
}
