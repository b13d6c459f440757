package io.tallyman.gateway.live.session;

/**
 * Who has a session.
 *
 * @param address the network address
 * @param requestId the id of the request that opened the session
 */
public record Viewer(String address, String requestId) {}
