package io.tallyman.gateway.live.websocket;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.netty.websocket.WebSocketSessionRepository;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.http.server.netty.websocket.NettyServerWebSocketHandler;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.websocket.WebSocketPongMessage;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.group.GroupClient;
import io.tallyman.gateway.live.event.JsonEncoder;
import io.tallyman.gateway.live.session.Close;
import io.tallyman.gateway.live.session.LiveConfiguration;
import io.tallyman.gateway.live.session.Session;
import io.tallyman.gateway.live.session.Sessions;
import io.tallyman.gateway.live.session.TooManySessions;
import io.tallyman.gateway.live.session.Viewer;
import io.tallyman.gateway.rate.RequestRates;
import io.tallyman.gateway.task.TaskClient;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSocket of live events. All methods are called by the connection's thread. */
@ServerWebSocket(value = "/ws/tasks", subprotocols = Handshake.SUBPROTOCOL)
@AllowedFor(Access.VIEWER)
class TaskSocket {
  private static final Logger LOG = LoggerFactory.getLogger(TaskSocket.class);
  private static final String CONVERSATION = "tallyman.conversation";
  private static final int MOST_FRAME_BYTES = 65_536;

  private final WebSocketSessionRepository server;
  private final Sessions sessions;
  private final LiveConfiguration configuration;
  private final FrameReader reader;
  private final JsonEncoder encoder;
  private final TaskClient tasks;
  private final GroupClient groups;
  private final RequestRates rates;
  private final ExecutorService executor;

  TaskSocket(
      WebSocketSessionRepository server,
      Sessions sessions,
      LiveConfiguration configuration,
      FrameReader reader,
      JsonEncoder encoder,
      TaskClient tasks,
      GroupClient groups,
      RequestRates rates,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.server = server;
    this.sessions = sessions;
    this.configuration = configuration;
    this.reader = reader;
    this.encoder = encoder;
    this.tasks = tasks;
    this.groups = groups;
    this.rates = rates;
    this.executor = executor;
  }

  @OnOpen
  void open(WebSocketSession socket, HttpRequest<?> request) {
    Channel channel = ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
    // When the process stops, the server would first close the channels that it knows, without a
    // word. Sessions closes them later, with a code.
    server.removeChannel(channel);
    SocketTransport transport =
        new SocketTransport(socket, channel, encoder, configuration.pingInterval());
    try {
      Session session = sessions.open(Viewer.of(request), transport);
      // However the connection ends, the session ends with it.
      channel.closeFuture().addListener(_ -> sessions.ended(session));
      socket.put(
          CONVERSATION,
          new Conversation(session, transport, reader, encoder, tasks, groups, executor));
      // The framework adds its handler of frames after this call.
      channel.eventLoop().execute(() -> addHandlers(channel.pipeline(), session));
    } catch (TooManySessions refusal) {
      transport.close(Close.TOO_MANY);
    }
  }

  @OnMessage(maxPayloadLength = MOST_FRAME_BYTES)
  void receive(byte[] message, WebSocketSession socket) {
    conversation(socket)
        .ifPresent(
            conversation -> {
              conversation.transport().heard();
              if (rates.permits(conversation.session().viewer().sender())) {
                conversation.receive(message);
              } else {
                conversation.close(Close.TOO_MANY);
              }
            });
  }

  @OnMessage
  void pong(WebSocketPongMessage pong, WebSocketSession socket) {
    conversation(socket).ifPresent(conversation -> conversation.transport().heard());
  }

  @OnClose
  void close(WebSocketSession socket) {
    conversation(socket).ifPresent(conversation -> sessions.ended(conversation.session()));
  }

  @OnError
  void fail(Throwable failure, WebSocketSession socket) {
    LOG.debug("A WebSocket failed and is closed", failure);
    conversation(socket).ifPresent(conversation -> conversation.session().close(Close.FAILED));
  }

  private void addHandlers(ChannelPipeline pipeline, Session session) {
    if (pipeline.get(NettyServerWebSocketHandler.ID) != null) {
      pipeline.addBefore(
          NettyServerWebSocketHandler.ID,
          MessageLimit.NAME,
          new MessageLimit(configuration.maxMessageBytes(), session::close));
      pipeline.addBefore(NettyServerWebSocketHandler.ID, LastFrame.NAME, new LastFrame());
    }
  }

  private static Optional<Conversation> conversation(WebSocketSession socket) {
    return socket.get(CONVERSATION, Conversation.class);
  }
}
