package io.tallyman.kit.audit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event, as it is stored and sent.
 *
 * @param id unique within the service
 * @param at the time of the transaction by the clock of the database
 * @param who the id of the sender; null if it is unknown
 * @param whoName the name that the sender had then; null if it is unknown
 * @param what a stable code, such as {@code login.failed}
 * @param kind the kind of the object that the event is about
 * @param which the id of the object; null if there is no such object
 * @param address the network address of the client; null if no client caused the event
 * @param requestId null if no request caused the event
 * @param details a JSON object
 */
@Serdeable
@MappedEntity("audit_event")
public record AuditEvent(
    @Id long id,
    Instant at,
    @Nullable Long who,
    @Nullable String whoName,
    String what,
    String kind,
    @Nullable String which,
    @Nullable String address,
    @Nullable String requestId,
    @TypeDef(type = DataType.JSON) JsonNode details) {}
