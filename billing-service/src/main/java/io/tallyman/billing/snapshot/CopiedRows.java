package io.tallyman.billing.snapshot;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * Streams the output of a {@code COPY … TO STDOUT}. {@link #close} returns the connection to the
 * pool if all rows were read; else it aborts the connection. When a client disconnects, another
 * thread than the reading one calls {@link #close}, so closing never waits.
 */
public final class CopiedRows extends FilterInputStream {
  private final StreamConnections connections;
  private final Connection connection;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean ended;
  private volatile Runnable forget = () -> {};

  private CopiedRows(InputStream rows, StreamConnections connections, Connection connection) {
    super(rows);
    this.connections = connections;
    this.connection = connection;
  }

  /**
   * @param connection owned by the stream from now on, unless this method throws
   */
  public static CopiedRows open(
      StreamConnections connections, Connection connection, String copyToStdout)
      throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    CopiedRows rows =
        new CopiedRows(new PGCopyInputStream(postgres, copyToStdout), connections, connection);
    ServerRequestContext.currentRequest().ifPresent(rows::closeWithClient);
    return rows;
  }

  /**
   * Closes the rows when the client disconnects. The framework does not close them if the client
   * disconnects before its answer begins.
   */
  private void closeWithClient(HttpRequest<?> client) {
    if (client instanceof NettyHttpRequest<?> request) {
      ChannelFuture gone = request.getChannelHandlerContext().channel().closeFuture();
      ChannelFutureListener close = _ -> close();
      gone.addListener(close);
      // Removes the listener: the client's connection may serve many more requests.
      forget = () -> gone.removeListener(close);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    ended = read < 0;
    return read;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    ended = read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    forget.run();
    try {
      if (ended) {
        connection.close();
      } else {
        connections.discard(connection);
      }
    } catch (SQLException failure) {
      throw new IOException("The rows cannot be closed", failure);
    }
  }
}
