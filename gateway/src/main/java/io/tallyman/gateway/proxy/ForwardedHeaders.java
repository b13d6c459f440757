package io.tallyman.gateway.proxy;

import io.micronaut.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the headers in which proxies tell from where a request came. Each proxy adds the sender of
 * its own request at the end, so the client can make up everything before.
 */
final class ForwardedHeaders {
  private static final String X_FORWARDED_FOR = "X-Forwarded-For";

  /** An address, perhaps with a port. An IPv6 address with a port is in brackets. */
  private static final Pattern NODE =
      Pattern.compile(
          "\\[(?<bracketed>[^\\]]+)](?::[\\w.-]+)?|(?<version4>[0-9.]+):[\\w.-]+|(?<bare>.+)");

  private static final Pattern FOR =
      Pattern.compile("for\\s*=\\s*(?:\"(?<quoted>.*)\"|(?<token>.*))", Pattern.CASE_INSENSITIVE);

  private ForwardedHeaders() {}

  /** What {@code X-Forwarded-For} lists, in its order. An entry that is no address is empty. */
  static List<Optional<InetAddress>> ofXForwardedFor(HttpHeaders headers) {
    return headers.getAll(X_FORWARDED_FOR).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(ForwardedHeaders::node)
        .toList();
  }

  /**
   * What {@code Forwarded} (RFC 7239) lists, in its order. An entry is empty if it has no address,
   * because the proxy does not know it or hides it.
   */
  static List<Optional<InetAddress>> ofForwarded(HttpHeaders headers) {
    return headers.getAll(HttpHeaders.FORWARDED).stream()
        .flatMap(line -> split(line, ',').stream())
        .map(ForwardedHeaders::sender)
        .toList();
  }

  /** Reads an address without a port. Empty if it is none. Never asks DNS. */
  static Optional<InetAddress> address(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException otherLength) {
      return Optional.empty();
    }
  }

  private static Optional<InetAddress> sender(String element) {
    return split(element, ';').stream()
        .map(FOR::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(found -> found.group("quoted") == null ? found.group("token") : found.group("quoted"))
        .flatMap(ForwardedHeaders::node);
  }

  private static Optional<InetAddress> node(String text) {
    Matcher parts = NODE.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(parts.group("bracketed"))
        .or(() -> Optional.ofNullable(parts.group("version4")))
        .or(() -> Optional.ofNullable(parts.group("bare")))
        .flatMap(ForwardedHeaders::address);
  }

  /** Splits where the separator is not in quotes, which clients may have put into a value. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean isQuoted = false;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '"') {
        isQuoted = !isQuoted;
      } else if (next == '\\' && isQuoted) {
        at++;
      } else if (next == separator && !isQuoted) {
        parts.add(text.substring(start, at).strip());
        start = at + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
