package io.tallyman.billing.dispatch;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The queue through which tasks are offered to workers. Used by one thread. */
public interface DispatchQueue {
  /** Whether the broker accepts messages now: it is connected and has enough memory and disk. */
  boolean isReady();

  /**
   * Publishes messages and waits until the broker confirms them.
   *
   * @param messages the dispatches of each message; none is empty
   * @return the ids of the tasks whose messages the broker did not confirm; the broker may have
   *     some of these messages nevertheless
   */
  Set<UUID> publish(List<List<Dispatch>> messages);

  /**
   * Whether the broker knows the queue but cannot use it: it took none of the last batches,
   * although it accepts messages, and nobody consumes. A broker that was killed may have such a
   * queue. Only its deletion helps.
   */
  boolean isBroken();

  /**
   * Whether the queue has neither messages nor consumers, so that nothing that was published before
   * is offered to anybody. False if the broker does not answer.
   */
  boolean isAbandoned();

  /**
   * Deletes the queue with its messages and declares it again. Never call this from two instances
   * at the same time: RabbitMQ may then keep a part of the deleted queue, and refuse every
   * declaration (<a href="https://github.com/rabbitmq/rabbitmq-server/issues/17457">issue
   * 17457</a>).
   */
  void replace();
}
