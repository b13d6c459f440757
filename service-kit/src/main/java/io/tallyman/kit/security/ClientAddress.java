package io.tallyman.kit.security;

import io.micronaut.http.HttpRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The network address of a client, which the gateway tells to the services behind it. */
public final class ClientAddress {
  public static final String HEADER = "X-Client-Address";

  private static final String ATTRIBUTE = "tallyman.client-address";
  private static final int NETWORK_BYTES = 8;
  private static final int MOST = 64;

  private ClientAddress() {}

  /** As the gateway told it, or of the sender itself if it is not the gateway. */
  public static String told(HttpRequest<?> request) {
    String told = request.getHeaders().get(HEADER);
    return told == null || told.isEmpty() || told.length() > MOST ? of(request) : told;
  }

  /** Sets the address of a client whose request came through a proxy. */
  public static void set(HttpRequest<?> request, InetAddress address) {
    request.setAttribute(ATTRIBUTE, address);
  }

  /**
   * The address that was set, or from which the connection came. One client has many addresses of
   * IPv6, so these are shortened to their network, the first 64 bits.
   */
  public static String of(HttpRequest<?> request) {
    InetSocketAddress socket = request.getRemoteAddress();
    InetAddress address =
        request.getAttribute(ATTRIBUTE, InetAddress.class).orElseGet(socket::getAddress);
    if (address == null) {
      return socket.getHostString();
    }
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "::/64"
        : address.getHostAddress();
  }
}
