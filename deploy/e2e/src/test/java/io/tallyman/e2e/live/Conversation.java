package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.live.WebSocketWire.Closed;
import io.tallyman.e2e.live.WebSocketWire.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A WebSocket session whose frames are checked against the document. Not thread-safe. */
final class Conversation implements AutoCloseable {
  private final LiveContract contract;
  private final WebSocketWire wire;

  Conversation(Gateway gateway, LiveContract contract) throws IOException {
    this.contract = contract;
    this.wire = WebSocketWire.open(gateway);
  }

  WebSocketWire wire() {
    return wire;
  }

  /**
   * Sends a frame that the document allows.
   *
   * @param frame JSON, in which single quotes may replace double quotes
   */
  void send(String frame) throws IOException {
    String json = frame.replace('\'', '"');
    contract.checkFrame(json);
    wire.send(json);
  }

  JsonNode receive() throws IOException {
    return switch (wire.receive()) {
      case Text(String text) -> contract.checkFrame(text);
      case Closed closed -> throw new AssertionError("closed instead of a frame: " + closed);
    };
  }

  /** The next frame must have this type and this {@code ref}. */
  JsonNode receive(String type, String ref) throws IOException {
    JsonNode frame = receive();
    assertThat(frame.get("type").asString()).as("%s", frame).isEqualTo(type);
    assertThat(frame.get("ref").asString()).as("%s", frame).isEqualTo(ref);
    return frame;
  }

  /** The next frame must be this problem. */
  JsonNode receiveError(String ref, String slug) throws IOException {
    JsonNode error = receive("error", ref);
    assertThat(LiveContract.slug(error.get("problem"))).as("%s", error).isEqualTo(slug);
    return error;
  }

  /** Reads until a frame fits, and returns all frames that were read. */
  List<JsonNode> receiveUntil(Predicate<JsonNode> last) throws IOException {
    List<JsonNode> frames = new ArrayList<>();
    do {
      frames.add(receive());
    } while (!last.test(frames.getLast()));
    return frames;
  }

  /** Reads frames until the server closes, which must be with this code. */
  void receiveClose(int code) throws IOException {
    Closed closed = wire.receiveClose();
    assertThat(closed.code()).as("%s", closed).isEqualTo(code);
    contract.checkClose(code);
  }

  /** The same, but the client answers no ping. */
  void receiveCloseWithoutPongs(int code) throws IOException {
    Closed closed = wire.receiveCloseWithoutPongs();
    assertThat(closed.code()).as("%s", closed).isEqualTo(code);
    contract.checkClose(code);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
