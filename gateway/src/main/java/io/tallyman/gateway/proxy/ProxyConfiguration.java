package io.tallyman.gateway.proxy;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * @param trustedProxies the addresses and networks of the reverse proxies whose headers are
 *     believed, such as {@code 10.0.0.7} and {@code fd00::/8}; none if it is absent
 */
@Context
@ConfigurationProperties("tallyman")
record ProxyConfiguration(@Nullable List<String> trustedProxies) {
  private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

  ProxyConfiguration {
    // An empty variable means that no proxy is trusted.
    trustedProxies =
        trustedProxies == null
            ? List.of()
            : trustedProxies.stream().map(String::strip).filter(each -> !each.isEmpty()).toList();
    trustedProxies.forEach(ProxyConfiguration::network);
  }

  List<IpSubnetFilterRule> networks() {
    return trustedProxies == null
        ? List.of()
        : trustedProxies.stream().map(ProxyConfiguration::network).toList();
  }

  private static IpSubnetFilterRule network(String text) {
    Matcher parts = NETWORK.matcher(text);
    if (parts.matches()) {
      @Nullable InetAddress address = ForwardedHeaders.address(parts.group(1)).orElse(null);
      if (address != null) {
        int bits = address instanceof Inet4Address ? Integer.SIZE : 4 * Integer.SIZE;
        int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        if (prefix <= bits) {
          return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
        }
      }
    }
    throw new IllegalArgumentException(
        "tallyman.trusted-proxies must list addresses such as 10.0.0.7 or networks such as"
            + " 10.0.0.0/8 and fd00::/8, separated by commas, but has "
            + text);
  }
}
