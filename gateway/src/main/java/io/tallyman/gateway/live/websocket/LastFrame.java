package io.tallyman.gateway.live.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Sends nothing after a close frame, as RFC 6455, section 5.5.1, demands. */
final class LastFrame extends ChannelOutboundHandlerAdapter {
  static final String NAME = "last-frame";

  private boolean sent;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (sent) {
      ReferenceCountUtil.release(message);
      var _ = promise.setFailure(new ClosedChannelException());
      return;
    }
    sent = message instanceof CloseWebSocketFrame;
    var _ = context.write(message, promise);
  }
}
