package dev.tollgate.springai;

import java.lang.reflect.Field;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.util.ReflectionUtils;

/** Chat clients that no container has made. For the aspects, not for applications. */
public final class WovenClients {
  private WovenClients() {}

  /** Makes the client that is about to be built capture what it is asked, if none does yet. */
  public static void built(ChatClient.Builder builder) {
    boolean captures =
        read(read(builder, "defaultRequest"), "advisors") instanceof Collection<?> advisors
            && advisors.stream()
                .anyMatch(one -> one instanceof IntentAdvisor || one instanceof WovenIntentAdvisor);
    if (!captures) {
      builder.defaultAdvisors(new WovenIntentAdvisor());
    }
  }

  // Spring AI keeps them in fields; what cannot be read captures twice, which does no harm.
  private static @Nullable Object read(@Nullable Object from, String name) {
    Field field = from == null ? null : ReflectionUtils.findField(from.getClass(), name);
    return field != null && field.trySetAccessible() ? ReflectionUtils.getField(field, from) : null;
  }
}
