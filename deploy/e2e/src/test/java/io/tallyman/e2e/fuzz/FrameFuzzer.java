package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.live.WebSocketWire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes what a WebSocket client should not send. The same seed and number give the same bytes. */
final class FrameFuzzer {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_MESSAGE = 65_536;

  private final List<JsonNode> sound;
  private final long seed;

  /**
   * @param sound frames that the gateway accepts
   */
  FrameFuzzer(List<JsonNode> sound, long seed) {
    this.sound = sound;
    this.seed = seed;
  }

  /**
   * Something that a client sends in one go.
   *
   * @param bytes the bytes on the connection, with all headers of frames
   * @param isFramed whether it keeps the rules of RFC 6455, so that the gateway must answer it with
   *     a frame or a close code
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Input(long number, byte[] bytes, boolean isFramed) {
    @Override
    public String toString() {
      byte[] beginning = Arrays.copyOf(bytes, Math.min(bytes.length, 300));
      return "input %d of %d bytes, %s: %s"
          .formatted(
              number,
              bytes.length,
              HexFormat.of().formatHex(Arrays.copyOf(beginning, Math.min(beginning.length, 16))),
              new String(beginning, StandardCharsets.UTF_8));
    }
  }

  Input make(long number) {
    Dice dice = new Dice(seed, number);
    JsonNode frame = dice.of(sound);
    byte[] whole = JSON.writeValueAsString(frame).getBytes(StandardCharsets.UTF_8);
    return switch (dice.below(12)) {
      case 0, 1, 2, 3, 4 -> framed(number, message(WebSocketWire.TEXT, BrokenJson.of(frame, dice)));
      case 5 -> framed(number, fragments(WebSocketWire.TEXT, BrokenJson.of(frame, dice), dice));
      case 6 -> framed(number, fragments(WebSocketWire.TEXT, whole, dice));
      case 7 -> framed(number, message(WebSocketWire.TEXT, whole));
      case 8 -> framed(number, message(WebSocketWire.BINARY, dice.bytes(300)));
      case 9 -> new Input(number, anyFrame(dice), false);
      case 10 -> new Input(number, cutOff(whole, dice), false);
      default -> new Input(number, dice.bytes(400), false);
    };
  }

  private static Input framed(long number, byte[] bytes) {
    return new Input(number, bytes, true);
  }

  private static byte[] message(int opcode, byte[] payload) {
    return WebSocketWire.frame(WebSocketWire.LAST | opcode, payload);
  }

  /** The parts of one message, with pings between them. */
  private static byte[] fragments(int opcode, byte[] payload, Dice dice) {
    byte[] all = new byte[0];
    int begin = 0;
    int count = 1 + dice.below(dice.once(10) ? 300 : 5);
    for (int part = 0; part < count; part++) {
      int end =
          part == count - 1 ? payload.length : Math.min(begin + dice.below(80), payload.length);
      int first = (part == 0 ? opcode : 0) | (part == count - 1 ? WebSocketWire.LAST : 0);
      all = joined(all, WebSocketWire.frame(first, Arrays.copyOfRange(payload, begin, end)));
      if (dice.once(4)) {
        all = joined(all, message(WebSocketWire.PING, dice.bytes(125)));
      }
      begin = end;
    }
    return all;
  }

  /** Any opcode, reserved bits, and a payload of any kind. */
  private static byte[] anyFrame(Dice dice) {
    byte[] payload = dice.bytes(dice.of(List.of(0, 2, 125, 126, 1_000, LONGEST_MESSAGE + 10)));
    return WebSocketWire.frame(dice.below(256), payload);
  }

  /** Without a mask, with another length, or with an end in the middle. */
  private static byte[] cutOff(byte[] payload, Dice dice) {
    byte[] bytes = message(WebSocketWire.TEXT, payload);
    switch (dice.below(3)) {
      case 0 -> bytes[1] = (byte) (bytes[1] & 0x7f);
      case 1 -> bytes[1] = (byte) (0x80 | dice.below(128));
      default -> bytes = Arrays.copyOf(bytes, dice.below(bytes.length));
    }
    return bytes;
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
