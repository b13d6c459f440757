package io.tallyman.gateway.live.session;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Limits of live events. A session is a WebSocket or an SSE stream.
 *
 * @param maxSessions how many sessions may be open at once
 * @param maxSessionsPerAddress how many of them may come from the same network address
 * @param maxSubscriptions how many subscriptions a session may have
 * @param maxFollowedTasks how many tasks all sessions together may follow by their ids or groups
 * @param maxMessageBytes how long a message of a client may be, all of its fragments together
 * @param outboxBytes how many bytes may wait to be sent to a client
 * @param totalOutboxBytes how many bytes may wait to be sent to all clients together
 * @param pingInterval how often a WebSocket client is pinged; if it is silent for twice as long,
 *     the session is closed
 * @param commentInterval the longest silence of an SSE stream
 */
@Context
@ConfigurationProperties("tallyman.live")
public record LiveConfiguration(
    @Bindable(defaultValue = "5000") @Min(0) int maxSessions,
    @Bindable(defaultValue = "1000") @Min(0) int maxSessionsPerAddress,
    @Bindable(defaultValue = "20") @Min(1) int maxSubscriptions,
    @Bindable(defaultValue = "200000") @Min(1) int maxFollowedTasks,
    @Bindable(defaultValue = "65536") @Min(1024) @Max(65_536) int maxMessageBytes,
    @Bindable(defaultValue = "2097152") @Min(65_536) int outboxBytes,
    @Bindable(defaultValue = "67108864") @Min(65_536) long totalOutboxBytes,
    @Bindable(defaultValue = "20s") Duration pingInterval,
    @Bindable(defaultValue = "15s") Duration commentInterval) {}
