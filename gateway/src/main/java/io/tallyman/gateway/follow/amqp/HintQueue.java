package io.tallyman.gateway.follow.amqp;

import com.rabbitmq.client.Envelope;
import io.micronaut.context.BeanContext;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.json.JsonMapper;
import io.micronaut.rabbitmq.annotation.Queue;
import io.micronaut.rabbitmq.annotation.RabbitListener;
import io.micronaut.rabbitmq.event.RabbitConsumerStarted;
import io.micronaut.rabbitmq.exception.RabbitListenerException;
import io.micronaut.rabbitmq.exception.RabbitListenerExceptionHandler;
import io.micronaut.rabbitmq.intercept.RabbitMQConsumerAdvice;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.gateway.follow.FollowedTasks;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.event.TaskProgress;
import io.tallyman.kit.amqp.BrokerChannels;
import io.tallyman.kit.amqp.BrokerConnection;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives hints and progress for this gateway. The framework registers the listener when the
 * gateway starts. This class registers it again if the broker, the channel or the queue was missing
 * or was lost.
 */
@RabbitListener
public class HintQueue
    implements RabbitListenerExceptionHandler, ApplicationEventListener<RabbitConsumerStarted> {
  /** In AMQP, an empty name means the queue that was last declared on the same channel. */
  private static final String LAST_DECLARED = "";

  private static final Logger LOG = LoggerFactory.getLogger(HintQueue.class);

  private final BrokerConnection broker;
  private final BrokerChannels channels;
  private final HintTopology topology;
  private final RabbitMQConsumerAdvice listeners;
  private final BeanContext context;
  private final FollowedTasks followed;
  private final LiveEvents events;
  private final JsonMapper json;

  /** False until the framework has tried to register the listener. */
  private volatile boolean tried;

  HintQueue(
      BrokerConnection broker,
      BrokerChannels channels,
      HintTopology topology,
      RabbitMQConsumerAdvice listeners,
      BeanContext context,
      FollowedTasks followed,
      LiveEvents events,
      JsonMapper json) {
    this.broker = broker;
    this.channels = channels;
    this.topology = topology;
    this.listeners = listeners;
    this.context = context;
    this.followed = followed;
    this.events = events;
    this.json = json;
  }

  /** Whether hints can be received now. Thread-safe. */
  public boolean isConsuming() {
    return channels.isInUse();
  }

  /**
   * Receives bytes and decodes them here. The framework would reject a message that it cannot
   * decode, and the broker then closes the channel, because this consumer does not acknowledge
   * messages.
   */
  @Queue(value = LAST_DECLARED, autoAcknowledgment = true)
  void receive(byte[] body, Envelope envelope) {
    try {
      if (envelope.getExchange().equals(HintTopology.PROGRESS)) {
        receiveProgress(body);
      } else {
        hints(body).forEach(this::receive);
      }
    } catch (IOException unreadable) {
      LOG.warn(
          "A hint cannot be decoded and is ignored ({}); the task is read again later",
          unreadable.toString());
    }
  }

  /** A billing-service of an earlier release sends each hint by itself. */
  private List<Hint> hints(byte[] body) throws IOException {
    boolean alone = body.length > 0 && body[0] == '{';
    if (alone) {
      Hint hint = json.readValue(body, Hint.class);
      return hint == null ? List.of() : List.of(hint);
    }
    Hint[] hints = json.readValue(body, Hint[].class);
    return hints == null ? List.of() : List.of(hints);
  }

  private void receive(Hint hint) {
    if (hint.ended() != null) {
      followed.ended(hint.ended());
    } else if (!hint.open()) {
      followed.changed(hint.taskId());
    }
    events.changed(hint.taskId(), hint.seq());
  }

  private void receiveProgress(byte[] body) throws IOException {
    TaskProgress progress = json.readValue(body, TaskProgress.class);
    if (progress != null) {
      events.progressed(progress);
    }
  }

  /** Registers the listener again if it was lost, and declares its queue on a new channel. */
  @Scheduled(fixedDelay = "500ms")
  void consume() {
    boolean lost = tried && !(isConsuming() && topology.isThere());
    if (lost && broker.open().isPresent()) {
      channels.closeIdle();
      BeanDefinition<HintQueue> definition = context.getBeanDefinition(HintQueue.class);
      listeners.process(
          definition, definition.getRequiredMethod("receive", byte[].class, Envelope.class));
    }
  }

  /**
   * Hints arrive from now on. All followed tasks are read, because they may have changed before.
   */
  @Override
  public void onApplicationEvent(RabbitConsumerStarted started) {
    tried = true;
    LOG.info("Receiving hints");
    followed.changedAll();
    events.missedHints();
  }

  @Override
  public void handle(RabbitListenerException failure) {
    tried = true;
    if (failure.getMessageState().isPresent()) {
      LOG.warn(
          "A hint failed and is lost; clients that follow the task get its event a little later",
          failure);
    } else {
      LOG.warn(
          "Hints cannot be received ({}); trying again. Until then, waiting requests are answered"
              + " with a delay",
          String.valueOf(failure.getCause()));
    }
  }
}
