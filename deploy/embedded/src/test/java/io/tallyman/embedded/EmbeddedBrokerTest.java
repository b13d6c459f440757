package io.tallyman.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import io.tallyman.embedded.process.StartFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final byte[] BODY = "a task".getBytes(StandardCharsets.UTF_8);

  private EmbeddedBroker broker;
  private Connection connection;
  private Channel channel;

  @BeforeEach
  void connect() throws Exception {
    broker = EmbeddedBroker.start(0);
    connection = connectTo(broker);
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  @AfterEach
  void close() {
    connection.abort();
    broker.close();
  }

  @Test
  void confirmsAndDeliversWhatIsPublished() throws Exception {
    channel.queueDeclare("dispatch", true, false, false, null);

    channel.basicPublish("", "dispatch", true, MessageProperties.PERSISTENT_BASIC, BODY);

    channel.waitForConfirmsOrDie(5_000);
    assertThat(channel.basicGet("dispatch", true).getBody()).isEqualTo(BODY);
  }

  @Test
  void returnsAndRefusesWhatNoQueueTakes() throws Exception {
    CompletableFuture<String> returned = new CompletableFuture<>();
    channel.addReturnListener(message -> returned.complete(message.getRoutingKey()));

    channel.basicPublish("", "nowhere", true, MessageProperties.PERSISTENT_BASIC, BODY);

    assertThat(channel.waitForConfirms(5_000)).isFalse();
    // This broker refuses the message before it returns it.
    assertThat(returned).succeedsWithin(PATIENCE).isEqualTo("nowhere");
  }

  @Test
  void startsAgainOnTheSamePortAndHasForgottenEverything() throws Exception {
    channel.queueDeclare("dispatch", true, false, false, null);
    broker.close();

    broker = broker.startAgain();

    try (Connection next = connectTo(broker)) {
      Channel passive = next.createChannel();
      assertThatThrownBy(() -> passive.queueDeclarePassive("dispatch"))
          .hasStackTraceContaining("reply-code=404");
    }
  }

  @Test
  void refusesWhoDoesNotKnowThePasswordOfThisStart() throws Exception {
    try (EmbeddedBroker other = EmbeddedBroker.start(0)) {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(broker.uri());
      for (String wrong : List.of("guest", password(other), "")) {
        factory.setPassword(wrong);
        assertThatThrownBy(factory::newConnection)
            .isInstanceOf(PossibleAuthenticationFailureException.class);
      }
    }
  }

  @Test
  void saysThatItsPortIsTaken() {
    assertThatThrownBy(() -> EmbeddedBroker.start(broker.port()))
        .isInstanceOf(StartFailure.class)
        .hasMessage("The broker cannot start: port " + broker.port() + " is taken.");
  }

  private static String password(EmbeddedBroker broker) {
    return broker.uri().getUserInfo().split(":", -1)[1];
  }

  private static Connection connectTo(EmbeddedBroker broker) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
