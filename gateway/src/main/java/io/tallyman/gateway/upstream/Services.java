package io.tallyman.gateway.upstream;

/** The services behind the gateway, by the ids under which their addresses are configured. */
public final class Services {
  public static final String USER = "user-service";
  public static final String BILLING = "billing-service";
  public static final String WORKER = "worker";

  private Services() {}
}
