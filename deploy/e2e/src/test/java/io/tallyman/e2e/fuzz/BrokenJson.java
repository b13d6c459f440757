package io.tallyman.e2e.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON bodies with faults in their values or in their bytes. */
final class BrokenJson {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> RAW =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "1.5",
          "1e400",
          "1E-400",
          "9223372036854775808",
          "[]",
          "{}",
          "[[]]",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "NaN",
          "undefined",
          "'a'",
          "01",
          "+1",
          ".5",
          "1.",
          "\"\\x41\"",
          "/* */ 1",
          "\"\u0001\"",
          "\"\n\"",
          "{\"$ref\": \"#\"}",
          "{\"@type\": \"java.lang.Runtime\"}",
          "\"2026-02-30\"",
          "\"1e9999\"",
          "12345678901234567890.12345678901234567890",
          "\"0.00001\"",
          "\"99999999999999999999\"");

  private BrokenJson() {}

  static byte[] of(JsonNode sound, Dice dice) {
    String text = JSON.writeValueAsString(sound);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (dice.below(16)) {
      case 0, 1, 2, 3, 4 -> utf8(withOtherValue(sound, dice));
      case 5 -> utf8("{\"" + key(dice) + "\": " + value(dice) + "," + text.substring(1));
      case 6 -> Arrays.copyOf(bytes, dice.below(bytes.length + 1));
      case 7 -> withOtherBytes(bytes, dice);
      case 8 -> utf8(text + dice.of(List.of("}", text, ",", " 1", "\u0000", "//", "\ufeff")));
      case 9 -> utf8(nested(dice));
      case 10 -> utf8(dice.of(RAW));
      case 11 -> dice.bytes(200);
      case 12 ->
          text.getBytes(
              dice.of(
                  List.of(
                      StandardCharsets.UTF_16,
                      StandardCharsets.UTF_16BE,
                      StandardCharsets.UTF_32LE)));
      case 13 -> utf8("\ufeff" + text);
      case 14 -> repeatedFields(text, dice);
      default -> new byte[0];
    };
  }

  /** Replaces one value, at any depth. */
  private static String withOtherValue(JsonNode sound, Dice dice) {
    JsonNode copy = sound.deepCopy();
    List<Runnable> places = new ArrayList<>();
    String mark = "\"@mark@\"";
    collect(copy, places);
    if (places.isEmpty()) {
      return value(dice);
    }
    dice.of(places).run();
    return JSON.writeValueAsString(copy).replace(mark, value(dice));
  }

  private static void collect(JsonNode node, List<Runnable> places) {
    if (node instanceof ObjectNode fields) {
      for (String name : fields.propertyNames()) {
        places.add(() -> fields.put(name, "@mark@"));
        collect(fields.get(name), places);
      }
    }
    if (node instanceof ArrayNode items) {
      for (int index = 0; index < items.size(); index++) {
        int place = index;
        places.add(() -> items.set(place, "@mark@"));
        collect(items.get(index), places);
      }
    }
  }

  private static String value(Dice dice) {
    return dice.from(
        () -> dice.of(RAW),
        () -> dice.of(RAW),
        () -> JSON.writeValueAsString(Nasty.value(dice)),
        () -> JSON.writeValueAsString(Nasty.value(dice)),
        () -> "9".repeat(1 + dice.below(2_000)),
        () -> "\"" + "x".repeat(dice.below(dice.once(20) ? 500_000 : 5_000)) + "\"",
        () -> nested(dice));
  }

  private static String nested(Dice dice) {
    int depth = dice.of(List.of(2, 50, 500, 999, 1_000, 1_001, 20_000));
    boolean closed = dice.once(2);
    return dice.once(2)
        ? "[".repeat(depth) + (closed ? "]".repeat(depth) : "")
        : "{\"a\":".repeat(depth) + "1" + (closed ? "}".repeat(depth) : "");
  }

  private static String key(Dice dice) {
    String quoted = JSON.writeValueAsString(Nasty.value(dice));
    return quoted.substring(1, quoted.length() - 1);
  }

  private static byte[] withOtherBytes(byte[] sound, Dice dice) {
    byte[] bytes = sound.clone();
    for (int count = 1 + dice.below(4); count > 0 && bytes.length > 0; count--) {
      bytes[dice.below(bytes.length)] = (byte) dice.below(256);
    }
    return bytes;
  }

  private static byte[] repeatedFields(String text, Dice dice) {
    int end = text.lastIndexOf('}');
    return end < 2
        ? utf8("{\"a\":1,\"a\":2}")
        : utf8(
            text.substring(0, end)
                + ("," + text.substring(1, end)).repeat(dice.of(List.of(1, 2, 300)))
                + "}");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
