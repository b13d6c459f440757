package io.tallyman.gateway.transfer;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose clients send or read too slowly. The framework ends only those that do
 * nothing at all.
 */
@Singleton
final class PacedConnections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final TransferConfiguration configuration;

  PacedConnections(TransferConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new Customizer(configuration, null));
    return registry;
  }

  private record Customizer(TransferConfiguration configuration, @Nullable Channel connection)
      implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return new Customizer(configuration, channel);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (connection != null) {
        ChannelPipeline pipeline = connection.pipeline();
        RequestPace requests = new RequestPace(configuration);
        pipeline.addFirst(requests.bytes(), new AnswerPace(configuration));
        pipeline.addAfter(
            ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, null, requests.messages());
      }
    }
  }
}
