package io.tallyman.kit.problem;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Rejects a request whose body cannot be decoded, and closes its connection. Netty reports such a
 * body by a last chunk with a failure, and the framework treats that chunk as the regular end of
 * the body. No filter or handler of the framework sees the failure, so a handler of ours is in
 * Netty's pipeline. BrokenBodyTest fails if the pipeline or these chunks change.
 */
@Singleton
final class BrokenBodies implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new Customizer(null));
    return registry;
  }

  private record Customizer(@Nullable Channel connection) implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return new Customizer(channel);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (connection != null) {
        connection
            .pipeline()
            .addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, null, new Watch());
      }
    }
  }

  /**
   * Is placed directly before the framework's handler, and so sees its requests and its answers.
   */
  private static final class Watch extends ChannelDuplexHandler {
    private @Nullable HttpRequest request;
    private boolean isNew;
    private int unanswered;
    private boolean broken;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof HttpRequest head) {
        request = head;
        isNew = true;
        unanswered++;
      } else if (request != null
          && message instanceof HttpContent part
          && part.decoderResult().isFailure()) {
        broken = true;
        BrokenBody failure = new BrokenBody();
        // The framework closes the connection after it has answered a request with this result.
        request.setDecoderResult(DecoderResult.failure(failure));
        if (unanswered == 0) {
          part.release();
          var _ = context.close();
          return;
        }
        if (!isNew) {
          part.release();
          context.fireExceptionCaught(failure);
          return;
        }
        // The framework has not seen the request yet: it will reject it, and run no route.
      }
      super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
      isNew = false;
      super.channelReadComplete(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      ChannelPromise written = promise;
      if (message instanceof LastHttpContent && !isContinue(message)) {
        unanswered--;
        if (broken && unanswered == 0) {
          // The answer was already being sent when the body broke.
          written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
        }
      }
      super.write(context, message, written);
    }

    private static boolean isContinue(Object message) {
      return message instanceof HttpResponse answer
          && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
  }
}
