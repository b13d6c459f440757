package io.tallyman.gateway.live.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.tallyman.gateway.live.session.Close;
import java.util.function.Consumer;

/**
 * Refuses binary frames, and messages whose fragments together are too long. The framework limits
 * single frames only, and would collect fragments without end.
 */
final class MessageLimit extends ChannelInboundHandlerAdapter {
  static final String NAME = "message-limit";

  private final int most;
  private final Consumer<Close> refuse;
  private long length;
  private boolean refused;

  MessageLimit(int most, Consumer<Close> refuse) {
    this.most = most;
    this.refuse = refuse;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof WebSocketFrame frame && !accepts(frame)) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  /** After a refusal only the client's answer to it is passed on. */
  private boolean accepts(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame) {
      return true;
    }
    if (refused) {
      return false;
    }
    if (frame instanceof BinaryWebSocketFrame) {
      refused = true;
      refuse.accept(Close.BINARY);
    } else if (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
      length += frame.content().readableBytes();
      if (length > most) {
        refused = true;
        refuse.accept(Close.TOO_LONG);
      }
      if (frame.isFinalFragment()) {
        length = 0;
      }
    }
    return !refused;
  }
}
