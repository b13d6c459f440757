package io.tallyman.worker.dispatch;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tallyman.worker.dispatch.amqp.DispatchConsumer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The publishing side of the dispatch queue. */
final class TestQueue implements AutoCloseable {
  private final Connection connection;
  private final Channel channel;

  TestQueue(URI broker) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    connection = factory.newConnection();
    channel = connection.createChannel();
    channel.queueDeclare(DispatchConsumer.QUEUE, true, false, false, Map.of());
  }

  void dispatch(UUID task) throws Exception {
    publish(fields(task));
  }

  /** Dispatches several tasks with one message. */
  void dispatchTogether(List<UUID> tasks) throws Exception {
    Map<String, Object> headers = new HashMap<>(fields(tasks.getFirst()));
    headers.put("more", tasks.stream().skip(1).map(TestQueue::fields).toList());
    publish(headers);
  }

  private static Map<String, Object> fields(UUID task) {
    return Map.of("id", task.toString(), "task", GatedTask.NAME, "dispatch_no", 1);
  }

  void publish(Map<String, Object> headers) throws Exception {
    BasicProperties properties = new BasicProperties.Builder().headers(headers).build();
    channel.basicPublish("", DispatchConsumer.QUEUE, properties, new byte[0]);
  }

  /** The number of unacked messages, delivered or not: this broker counts both. */
  int size() throws Exception {
    return channel.queueDeclarePassive(DispatchConsumer.QUEUE).getMessageCount();
  }

  /** Whether an undelivered message waits. Takes it if so. */
  boolean takeWaiting() throws Exception {
    return channel.basicGet(DispatchConsumer.QUEUE, true) != null;
  }

  @Override
  public void close() {
    connection.abort();
  }
}
