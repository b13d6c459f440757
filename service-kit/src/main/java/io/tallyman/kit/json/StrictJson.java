package io.tallyman.kit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.micronaut.json.JsonSyntaxException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON for faults that the framework's reader does not report: more text after the value, a
 * field that is given twice, text that cannot be written in UTF-8, and values nested so deeply that
 * the framework could not write them again.
 */
final class StrictJson {
  /** Far more than any message of ours needs. */
  private static final int MAX_DEPTH = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private static final String HALF_CHARACTER =
      "half of a surrogate pair, which is not a character; send the whole character";

  private StrictJson() {}

  /**
   * @throws JsonSyntaxException if it is not one JSON value, or is nested too deeply
   * @throws UnsoundJson if a field is given twice, or a text or a field's name contains half of a
   *     surrogate pair
   */
  static void check(byte[] json) throws JsonSyntaxException, UnsoundJson {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken token = next(parser);
      while (token != null) {
        requireWholeCharacters(parser, token);
        boolean ended = parser.getParsingContext().inRoot();
        token = next(parser);
        if (ended && token != null) {
          throw new JsonSyntaxException("There is more text after the JSON value");
        }
      }
    } catch (JsonSyntaxException | UnsoundJson refused) {
      throw refused;
    } catch (IOException unreadable) {
      throw new JsonSyntaxException(unreadable);
    }
  }

  private static @Nullable JsonToken next(JsonParser parser) throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonParseException unreadable) {
      // Jackson has no other sign of these two faults than its messages; ProblemsTest checks them.
      String message = unreadable.getOriginalMessage();
      JsonStreamContext place = parser.getParsingContext();
      if (message.startsWith("Duplicate field")) {
        throw new UnsoundJson(pointer(place), "is given twice; remove one of the two");
      }
      if (message.contains("surrogate") && message.contains("in field name")) {
        // The pointer names the object, because the name cannot be written in UTF-8.
        throw new UnsoundJson(
            pointer(place.getParent()), "has a field whose name contains " + HALF_CHARACTER);
      }
      throw unreadable;
    }
  }

  private static void requireWholeCharacters(JsonParser parser, JsonToken token)
      throws IOException {
    if (token == JsonToken.VALUE_STRING && hasHalfCharacter(parser)) {
      throw new UnsoundJson(pointer(parser.getParsingContext()), "contains " + HALF_CHARACTER);
    }
  }

  private static boolean hasHalfCharacter(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + parser.getTextLength();
    for (int index = parser.getTextOffset(); index < end; index++) {
      if (Character.isSurrogate(text[index])) {
        int next = index + 1;
        if (next == end || !Character.isSurrogatePair(text[index], text[next])) {
          return true;
        }
        index = next;
      }
    }
    return false;
  }

  private static String pointer(JsonStreamContext place) {
    return place.pathAsPointer().toString();
  }
}
