package io.tallyman.cli.gateway;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/**
 * A body that tells how much of it was sent.
 *
 * @param sent gets the number of bytes so far
 */
record CountedBody(BodyPublisher content, LongConsumer sent) implements BodyPublisher {
  @Override
  public long contentLength() {
    return content.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> connection) {
    content.subscribe(new Counter(connection, sent));
  }

  private static final class Counter implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> connection;
    private final LongConsumer sent;
    private long bytes;

    Counter(Subscriber<? super ByteBuffer> connection, LongConsumer sent) {
      this.connection = connection;
      this.sent = sent;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      connection.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      bytes += part.remaining();
      connection.onNext(part);
      sent.accept(bytes);
    }

    @Override
    public void onError(Throwable failure) {
      connection.onError(failure);
    }

    @Override
    public void onComplete() {
      connection.onComplete();
    }
  }
}
