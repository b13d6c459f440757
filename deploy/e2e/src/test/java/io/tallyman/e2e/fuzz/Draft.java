package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.Contract.Operation;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request that is being created and broken. Not thread-safe. */
final class Draft {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LARGE = 60_000;
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get");
  private static final List<String> OTHER_HEADERS =
      List.of(
          "Accept",
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "Accept-Charset",
          "Content-Type",
          "Content-Encoding",
          "Content-Language",
          "Content-Range",
          "Content-Disposition",
          "Cookie",
          "Authorization",
          "Idempotency-Key",
          "X-Request-Id",
          "Prefer",
          "Range",
          "If-Range",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "Origin",
          "Referer",
          "User-Agent",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-HTTP-Method-Override",
          "Forwarded",
          "Via",
          "Pragma",
          "Cache-Control",
          "Date",
          "From",
          "Max-Forwards",
          "TE",
          "Trailer",
          "Upgrade",
          "Connection",
          "Keep-Alive",
          "traceparent",
          "Access-Control-Request-Method");

  final List<String> query = new ArrayList<>();
  final List<String> headers = new ArrayList<>();
  final List<String> headerNames = new ArrayList<>();
  private final Operation operation;
  private String method;
  private String path;
  private boolean isElsewhere;
  private JsonNode sound = JSON.createObjectNode();
  private byte[] body = new byte[0];
  private boolean hasBody;
  boolean bodyIsSound;
  private String version = "HTTP/1.1";
  private Framing framing = Framing.LENGTH;

  private enum Framing {
    LENGTH,
    CHUNKS,
    BROKEN_CHUNKS,
    LONGER_LENGTH,
    SHORTER_LENGTH,
    TWO_LENGTHS,
    BOTH,
    NO_LENGTH,
    BAD_LENGTH
  }

  Draft(Operation operation, String path) {
    this.operation = operation;
    this.method = operation.method();
    this.path = path;
  }

  void body(String type, JsonNode value) {
    headers.add("Content-Type: " + type);
    sound = value;
    hasBody = true;
    bodyIsSound = true;
    body =
        (value.isString() ? value.asString() : JSON.writeValueAsString(value))
            .getBytes(StandardCharsets.UTF_8);
  }

  void breakSomething(Dice dice) {
    switch (dice.below(20)) {
      case 0, 1 -> breakPath(dice);
      case 2 -> {
        isElsewhere = true;
        method = dice.of(METHODS);
      }
      case 3, 4, 5, 6 -> breakQuery(dice);
      case 7, 8, 9, 10 -> breakHeader(dice);
      case 11 -> breakLines(dice);
      case 12 -> framing = dice.of(List.of(Framing.values()));
      default -> {
        if (hasBody || dice.once(3)) {
          breakBody(dice);
        } else {
          breakQuery(dice);
        }
      }
    }
  }

  void breakBody(Dice dice) {
    bodyIsSound = false;
    if (sound.isString()) {
      body = brokenCsv(dice);
      return;
    }
    body = BrokenJson.of(sound, dice);
    if (!hasBody) {
      headers.add("Content-Type: application/json");
    }
    hasBody = true;
  }

  private byte[] brokenCsv(Dice dice) {
    String csv = sound.asString();
    return switch (dice.below(6)) {
      case 0 -> Arrays.copyOf(body, dice.below(body.length + 1));
      case 1 -> dice.bytes(500);
      case 2 ->
          (csv + Nasty.value(dice) + "," + Nasty.value(dice)).getBytes(StandardCharsets.UTF_8);
      case 3 -> csv.replaceFirst("\n", "\n\"").getBytes(StandardCharsets.UTF_8);
      case 4 -> csv.getBytes(StandardCharsets.UTF_16);
      default -> new byte[0];
    };
  }

  private void breakPath(Dice dice) {
    isElsewhere = true;
    List<String> segments = new ArrayList<>(Arrays.asList(path.split("/", -1)));
    int place = dice.below(segments.size());
    switch (dice.below(6)) {
      case 0 -> segments.add(place, segments.get(place));
      case 1 -> segments.remove(place);
      case 2 -> segments.add("");
      case 3 -> Collections.swap(segments, place, dice.below(segments.size()));
      case 4 -> segments.set(place, encoded(Nasty.value(dice)));
      default -> segments.set(place, Nasty.value(dice).replaceAll("[\r\n ]", ""));
    }
    path = String.join("/", segments);
    path = path.startsWith("/") || dice.once(5) ? path : "/" + path;
  }

  private void breakQuery(Dice dice) {
    List<String> names = new ArrayList<>(List.of("limit", "cursor", "nonsense", "", "ids", "from"));
    operation.parameters("query").forEach(one -> names.add(one.get("name").asString()));
    operation.parameters("query").forEach(one -> names.add(one.get("name").asString()));
    String name = dice.of(names);
    query.add(
        switch (dice.below(6)) {
          case 0 -> name;
          case 1 -> encoded(Nasty.value(dice)) + "=" + encoded(Nasty.value(dice));
          case 2 -> name + "=" + Nasty.value(dice).replaceAll("[\r\n ]", "");
          default -> name + "=" + encoded(Nasty.value(dice));
        });
    if (dice.once(50)) {
      query.addAll(Collections.nCopies(1_200, "a=1"));
    }
  }

  private void breakHeader(Dice dice) {
    List<String> names = new ArrayList<>(OTHER_HEADERS);
    for (int times = 0; times < 8; times++) {
      names.addAll(headerNames);
    }
    String name = dice.of(names);
    String value = Nasty.headerValue(dice).replaceAll("[\r\n]", "");
    if (dice.once(2)) {
      headers.removeIf(header -> header.startsWith(name + ":"));
    }
    headers.add(name + ": " + value);
  }

  /** Adds a fault that HTTP does not allow. */
  private void breakLines(Dice dice) {
    switch (dice.below(8)) {
      case 0 ->
          version = dice.of(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1.1", "", "X"));
      case 1 -> headers.add("no colon");
      case 2 -> headers.add(": no name");
      case 3 -> headers.add("a b: space in the name");
      case 4 -> headers.add(" folded");
      case 5 -> headers.add("X-Control: " + Nasty.value(dice));
      case 6 -> headers.addAll(Collections.nCopies(300, "X-Many: 1"));
      default -> headers.add("Host: " + Nasty.headerValue(dice).replaceAll("[\r\n]", ""));
    }
    isElsewhere = true;
    framing = framing == Framing.LENGTH ? Framing.NO_LENGTH : framing;
  }

  FuzzedRequest render(Dice dice) {
    StringBuilder head = new StringBuilder();
    String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
    head.append(method).append(' ').append(target).append(' ').append(version).append("\r\n");
    head.append("Host: localhost\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    boolean framed = hasBody || dice.once(10);
    String length = "Content-Length: ";
    switch (framing) {
      case LENGTH -> head.append(framed ? length + body.length + "\r\n" : "");
      case CHUNKS, BROKEN_CHUNKS -> head.append("Transfer-Encoding: chunked\r\n");
      case LONGER_LENGTH ->
          head.append(length).append(body.length + 1 + dice.below(100_000)).append("\r\n");
      case SHORTER_LENGTH -> head.append(length).append(body.length / 2).append("\r\n");
      case TWO_LENGTHS -> head.append(length + "1\r\n" + length + "2\r\n");
      case BOTH -> head.append(length + "5\r\nTransfer-Encoding: chunked\r\n");
      case BAD_LENGTH ->
          head.append(length)
              .append(dice.of(List.of("-1", "x", "1e3", "99999999999999999999", "+5", "0x5", "")))
              .append("\r\n");
      case NO_LENGTH -> {}
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Raw bytes beyond ASCII, unencoded.
    Charset charset = dice.once(2) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    bytes.writeBytes(head.append("\r\n").toString().getBytes(charset));
    switch (framing) {
      case CHUNKS -> chunks(bytes);
      case BROKEN_CHUNKS -> {
        bytes.writeBytes(
            (dice.of(List.of("zz", "-1", "7fffffff", "5;a=b", "")) + "\r\n").getBytes(charset));
        bytes.writeBytes(body);
      }
      default -> bytes.writeBytes(body);
    }
    boolean sound =
        (framing == Framing.LENGTH && (framed || body.length == 0)) || framing == Framing.CHUNKS;
    boolean isWhole =
        sound && !isElsewhereRaw() && headers.stream().noneMatch(Draft::endsConnections);
    return new FuzzedRequest(
        isElsewhere ? null : operation,
        method,
        bytes.toByteArray(),
        isWhole,
        bytes.size() > LARGE || head.length() > 7_000);
  }

  private void chunks(ByteArrayOutputStream bytes) {
    int middle = body.length / 2;
    chunk(bytes, Arrays.copyOf(body, middle));
    chunk(bytes, Arrays.copyOfRange(body, middle, body.length));
    bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void chunk(ByteArrayOutputStream bytes, byte[] part) {
    if (part.length > 0) {
      bytes.writeBytes(
          (Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(part);
      bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Whether the request line may be invalid. */
  private boolean isElsewhereRaw() {
    return isElsewhere;
  }

  private static boolean endsConnections(String header) {
    return header.startsWith("Connection:")
        || header.startsWith("Upgrade:")
        || header.startsWith("TE:");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
