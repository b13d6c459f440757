package io.tallyman.gateway.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection whose client reads answers too slowly. Only the time counts in which bytes
 * wait to be sent: an answer may have pauses of any length. It is the handler next to the socket.
 */
final class AnswerPace extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerPace.class);

  /** How often it is looked whether bytes still wait. */
  private static final int LOOKS = 20;

  private final TransferConfiguration limits;

  private long written;
  private long sentBefore;
  private long since;
  private @Nullable Future<?> nextLook;

  AnswerPace(TransferConfiguration limits) {
    this.limits = limits;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof ByteBuf bytes) {
      written += bytes.readableBytes();
    }
    super.write(context, message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext context) throws Exception {
    super.flush(context);
    if (nextLook == null && waiting(context) > 0) {
      begin(context);
      lookLater(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (nextLook != null) {
      nextLook.cancel(false);
    }
  }

  private void begin(ChannelHandlerContext context) {
    sentBefore = written - waiting(context);
    since = System.nanoTime();
  }

  private void lookLater(ChannelHandlerContext context) {
    Duration pause = limits.window().dividedBy(LOOKS);
    nextLook =
        context.executor().schedule(() -> look(context), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    nextLook = null;
    long waiting = waiting(context);
    if (waiting == 0) {
      return;
    }
    long nanos = System.nanoTime() - since;
    if (nanos >= limits.window().toNanos()) {
      if (limits.isTooSlow(written - waiting - sentBefore, nanos)) {
        LOG.info("A client reads an answer too slowly, so its connection is closed");
        var _ = context.close();
        return;
      }
      begin(context);
    }
    lookLater(context);
  }

  private static long waiting(ChannelHandlerContext context) {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
