package io.tallyman.gateway.follow.amqp;

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
import io.tallyman.kit.amqp.BrokerChannels;
import io.tallyman.kit.amqp.BrokerConnection;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the hints for this gateway. The framework registers the listener when the gateway
 * starts; it is registered again after its broker, channel or queue was lost, or was not there.
 */
@RabbitListener
public class HintQueue
    implements RabbitListenerExceptionHandler, ApplicationEventListener<RabbitConsumerStarted> {
  /** In AMQP, no name means the queue that was last declared on the same channel. */
  private static final String LAST_DECLARED = "";

  private static final Logger LOG = LoggerFactory.getLogger(HintQueue.class);

  private final BrokerConnection broker;
  private final BrokerChannels channels;
  private final HintTopology topology;
  private final RabbitMQConsumerAdvice listeners;
  private final BeanContext context;
  private final FollowedTasks followed;
  private final JsonMapper json;

  /** Not before the framework has tried to register the listener. */
  private volatile boolean tried;

  HintQueue(
      BrokerConnection broker,
      BrokerChannels channels,
      HintTopology topology,
      RabbitMQConsumerAdvice listeners,
      BeanContext context,
      FollowedTasks followed,
      JsonMapper json) {
    this.broker = broker;
    this.channels = channels;
    this.topology = topology;
    this.listeners = listeners;
    this.context = context;
    this.followed = followed;
    this.json = json;
  }

  /** Whether a hint would come here now if there were one; any thread may ask. */
  public boolean isConsuming() {
    return channels.isInUse();
  }

  /**
   * Takes the bytes and decodes them here: the framework would reject a message that it cannot
   * decode, and the broker closes the channel on a rejection where none is expected.
   */
  @Queue(value = LAST_DECLARED, autoAcknowledgment = true)
  void receive(byte[] body) {
    try {
      Hint hint = json.readValue(body, Hint.class);
      if (hint != null) {
        followed.changed(hint.taskId());
      }
    } catch (IOException unreadable) {
      LOG.warn("A hint cannot be decoded and is dropped ({})", unreadable.toString());
    }
  }

  /** Registers the listener again if it was lost; its queue is declared on a new channel. */
  @Scheduled(fixedDelay = "500ms")
  void consume() {
    boolean lost = tried && !(isConsuming() && topology.isThere());
    if (lost && broker.open().isPresent()) {
      channels.closeIdle();
      BeanDefinition<HintQueue> definition = context.getBeanDefinition(HintQueue.class);
      listeners.process(definition, definition.getRequiredMethod("receive", byte[].class));
    }
  }

  /** From now on hints come; any task may have changed before that. */
  @Override
  public void onApplicationEvent(RabbitConsumerStarted started) {
    tried = true;
    LOG.info("Receiving hints");
    followed.changedAll();
  }

  @Override
  public void handle(RabbitListenerException failure) {
    tried = true;
    if (failure.getMessageState().isPresent()) {
      LOG.warn("A hint is lost; who follows the task reads it later", failure);
    } else {
      LOG.warn("Hints cannot be consumed ({}); trying again", String.valueOf(failure.getCause()));
    }
  }
}
