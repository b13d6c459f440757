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
 * The answer to a {@code COPY … TO STDOUT}, as it comes. Gives its connection back when it is
 * closed, if all of it was read. A client that goes away closes it on another thread than the one
 * that reads, so closing must wait for nothing.
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
   * @param connection the stream's from here on, unless this throws
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
   * If a client goes away before its answer begins, nobody reads the rows or closes them. The
   * framework does not say that a client goes away; its connection, which is Netty's, does.
   * LostReaderTest fails if the framework's request no longer leads to it.
   */
  private void closeWithClient(HttpRequest<?> client) {
    if (client instanceof NettyHttpRequest<?> request) {
      ChannelFuture gone = request.getChannelHandlerContext().channel().closeFuture();
      ChannelFutureListener close = _ -> close();
      gone.addListener(close);
      // The connection may see many more requests.
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
