package io.tallyman.gateway.proxy;

import static java.util.stream.Collectors.toSet;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.tallyman.kit.security.ClientAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the address of a client behind trusted proxies. From the last proxy to the first, each one
 * is asked from where its request came, until a sender is not trusted: this is the client. Proxies
 * set one of two headers and may leave the other one as the client sent it. So if a request has
 * both, and they name different clients, neither is believed, and the proxy counts as the client.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ForwardedClients implements Ordered {
  private final List<IpSubnetFilterRule> trusted;

  ForwardedClients(ProxyConfiguration configuration) {
    this.trusted = configuration.networks();
  }

  @RequestFilter
  void find(HttpRequest<?> request) {
    InetAddress sender = request.getRemoteAddress().getAddress();
    if (isTrusted(sender)) {
      ClientAddress.set(request, client(sender, request.getHeaders()));
    }
  }

  private InetAddress client(InetAddress sender, HttpHeaders headers) {
    Set<InetAddress> named =
        Stream.of(ForwardedHeaders.ofXForwardedFor(headers), ForwardedHeaders.ofForwarded(headers))
            .filter(senders -> !senders.isEmpty())
            .map(senders -> client(sender, senders))
            .collect(toSet());
    return named.size() == 1 ? named.iterator().next() : sender;
  }

  private InetAddress client(InetAddress sender, List<Optional<InetAddress>> senders) {
    InetAddress found = sender;
    for (Optional<InetAddress> earlier : senders.reversed()) {
      if (!isTrusted(found) || earlier.isEmpty()) {
        return found;
      }
      found = earlier.get();
    }
    return found;
  }

  private boolean isTrusted(InetAddress address) {
    if (trusted.isEmpty()) {
      return false;
    }
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return trusted.stream().anyMatch(network -> network.matches(socket));
  }

  /** Runs before everything that needs the address of the client. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 3;
  }
}
