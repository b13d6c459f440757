package io.tallyman.gateway.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a request whose client sends its header or its body too slowly. A slow header closes the
 * connection. A slow body is answered with {@link SlowBody}, if it has no answer yet. Of a body,
 * only the time counts in which the gateway waits for bytes, because it reads no faster than the
 * service behind it. All methods are called by the thread of the connection.
 */
final class RequestPace {
  private static final Logger LOG = LoggerFactory.getLogger(RequestPace.class);

  /** How long a refusal may take to be sent before the connection is closed. */
  private static final Duration REFUSAL = Duration.ofSeconds(5);

  /** Two looks at a body are at least this part of the window apart. */
  private static final int LOOKS = 20;

  private final TransferConfiguration limits;
  private final Bytes bytes = new Bytes();
  private final Messages messages = new Messages();

  private Expected expected = Expected.HEADER;
  private int unanswered;
  private long arrived;
  private long waited;
  private long waitingSince;
  private @Nullable Future<?> nextLook;

  /** What the next bytes belong to. */
  private enum Expected {
    NOTHING,
    HEADER,
    BODY,

    /** To a request that was ended. The connection is closed when its answer was sent. */
    REFUSED
  }

  RequestPace(TransferConfiguration limits) {
    this.limits = limits;
  }

  /** The handler for the bytes from the socket. */
  ChannelHandler bytes() {
    return bytes;
  }

  /** The handler for the messages that were decoded from these bytes. */
  ChannelHandler messages() {
    return messages;
  }

  private void expect(Expected next) {
    expected = next;
    if (nextLook != null) {
      nextLook.cancel(false);
      nextLook = null;
    }
  }

  private void look(ChannelHandlerContext context) {
    nextLook = null;
    switch (expected) {
      case HEADER -> {
        LOG.info("A client sends the header of a request too slowly; its connection is closed");
        var _ = context.close();
      }
      case BODY -> {
        if (isTooSlow()) {
          refuse(context);
        } else {
          lookLater(context);
        }
      }
      case REFUSED -> {
        var _ = context.close();
      }
      case NOTHING -> {}
    }
  }

  /** Only what did not arrive at once needs another look, so most requests need none. */
  private void lookLater(ChannelHandlerContext context) {
    if (nextLook == null && expected != Expected.NOTHING) {
      nextLook =
          context.executor().schedule(() -> look(context), pause().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Duration pause() {
    return switch (expected) {
      case HEADER -> limits.headerTimeout();
      case BODY -> {
        Duration left = limits.window().minusNanos(waited());
        Duration shortest = limits.window().dividedBy(LOOKS);
        yield left.compareTo(shortest) < 0 ? shortest : left;
      }
      case REFUSED -> REFUSAL;
      case NOTHING -> Duration.ZERO;
    };
  }

  private void beginBody() {
    unanswered++;
    expect(Expected.BODY);
    beginWindow();
  }

  private void beginWindow() {
    arrived = 0;
    waited = 0;
    waitingSince = waitingSince == 0 ? 0 : System.nanoTime();
  }

  private long waited() {
    return waited + (waitingSince == 0 ? 0 : System.nanoTime() - waitingSince);
  }

  private boolean isTooSlow() {
    if (waited() < limits.window().toNanos()) {
      return false;
    }
    if (limits.isTooSlow(arrived, waited())) {
      return true;
    }
    beginWindow();
    return false;
  }

  private void refuse(ChannelHandlerContext context) {
    LOG.info("A client sends the body of a request too slowly, so the request is ended");
    expect(Expected.REFUSED);
    if (unanswered == 0) {
      var _ = context.close();
    } else {
      lookLater(context);
      messages.fail(new SlowBody(limits.minRate()));
    }
  }

  private final class Bytes extends ChannelDuplexHandler {
    /** The client must send its first request. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      lookLater(context);
    }

    @Override
    public void read(ChannelHandlerContext context) throws Exception {
      if (waitingSince == 0) {
        waitingSince = System.nanoTime();
      }
      super.read(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (waitingSince != 0) {
        waited += System.nanoTime() - waitingSince;
        waitingSince = 0;
      }
      if (expected == Expected.NOTHING) {
        expect(Expected.HEADER);
      }
      if (message instanceof ByteBuf part) {
        arrived += part.readableBytes();
      }
      super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
      super.channelReadComplete(context);
      lookLater(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      expect(Expected.NOTHING);
    }
  }

  private final class Messages extends ChannelDuplexHandler {
    private @Nullable ChannelHandlerContext own;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      own = context;
    }

    void fail(SlowBody failure) {
      if (own != null) {
        own.fireExceptionCaught(failure);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (expected != Expected.REFUSED) {
        if (message instanceof HttpRequest) {
          beginBody();
        }
        if (message instanceof LastHttpContent) {
          expect(Expected.NOTHING);
        }
      }
      super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      ChannelPromise written = promise;
      if (message instanceof HttpResponse answer) {
        if (answer.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
          written = promise.unvoid().addListener(_ -> leave(context));
        } else if (answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
          unanswered--;
        }
      }
      super.write(context, message, written);
    }

    /** A WebSocket has limits of its own. */
    private void leave(ChannelHandlerContext context) {
      if (!context.isRemoved()) {
        context.pipeline().remove(this);
        context.pipeline().remove(bytes);
        context.pipeline().remove(AnswerPace.class);
      }
    }
  }
}
