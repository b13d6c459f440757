package io.tallyman.kit.patch;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.util.CustomizableDeserializer;
import io.micronaut.serde.util.CustomizableSerializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Distinguishes a field that is left out from one that is null. */
@Singleton
final class ChangeSerde<T>
    implements CustomizableDeserializer<Change<T>>, CustomizableSerializer<Change<T>> {

  @Override
  public Deserializer<Change<T>> createSpecific(
      Deserializer.DecoderContext context, Argument<? super Change<T>> type) throws SerdeException {
    Argument<T> value = value(type);
    return new Reader<>(value, context.findDeserializer(value).createSpecific(context, value));
  }

  @Override
  public Serializer<Change<T>> createSpecific(
      Serializer.EncoderContext context, Argument<? extends Change<T>> type) throws SerdeException {
    Argument<T> value = value(type);
    return new Writer<>(value, context.findSerializer(value).createSpecific(context, value));
  }

  @SuppressWarnings("unchecked") // the only parameter of a change is the type of its value
  private static <T> Argument<T> value(Argument<?> change) {
    return (Argument<T>) change.getTypeParameters()[0];
  }

  private record Reader<T>(Argument<T> type, Deserializer<? extends T> values)
      implements Deserializer<Change<T>> {
    @Override
    public Change<T> deserialize(
        Decoder decoder, DecoderContext context, Argument<? super Change<T>> change)
        throws IOException {
      return Change.to(values.deserialize(decoder, context, type));
    }

    @Override
    public Change<T> deserializeNullable(
        Decoder decoder, DecoderContext context, Argument<? super Change<T>> change)
        throws IOException {
      return decoder.decodeNull() ? Change.to(null) : deserialize(decoder, context, change);
    }

    @Override
    public Change<T> getDefaultValue(DecoderContext context, Argument<? super Change<T>> change) {
      return Change.none();
    }
  }

  private record Writer<T>(Argument<T> type, Serializer<? super T> values)
      implements Serializer<Change<T>> {
    @Override
    public void serialize(
        Encoder encoder,
        EncoderContext context,
        Argument<? extends Change<T>> change,
        Change<T> value)
        throws IOException {
      @Nullable T changed = value.value();
      if (changed == null) {
        encoder.encodeNull();
        return;
      }
      values.serialize(encoder, context, type, changed);
    }

    @Override
    public boolean isAbsent(EncoderContext context, @Nullable Change<T> value) {
      return value == null || !value.given();
    }
  }
}
