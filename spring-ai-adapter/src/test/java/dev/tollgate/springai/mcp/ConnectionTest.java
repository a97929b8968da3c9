package dev.tollgate.springai.mcp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What belongs to one connection, and to no other. */
class ConnectionTest {
  private static final McpSchema.Tool SEARCH =
      McpSchema.Tool.builder("search", Map.of("type", "object")).build();

  private static Connection connection(String name) {
    return new Connection(
        name,
        AllowedMeta.NONE,
        () -> {
          throw new IllegalStateException("no gate");
        },
        null);
  }

  private static @Nullable String handedTo(@Nullable Connection connection) {
    CarriedCall carried = CarriedCall.in(CarriedCall.here(McpTransportContext.EMPTY, connection));
    return carried == null ? null : carried.delegation();
  }

  @Test
  void what_is_handed_on_to_one_server_goes_to_no_other() {
    Connection docs = connection("docs");
    try (Handed.During handed = Handed.during(new Handed(docs, "signed"))) {
      assertThat(handedTo(docs)).isEqualTo("signed");
      assertThat(handedTo(connection("docs"))).isNull();
      assertThat(handedTo(connection("eve"))).isNull();
      assertThat(handedTo(null)).isNull();
      try (Handed.During inner = Handed.during(null)) {
        assertThat(handedTo(docs)).isNull();
      }
      assertThat(handedTo(docs)).isEqualTo("signed");
    }
    assertThat(handedTo(docs)).isNull();
  }

  @Test
  void a_server_that_says_its_tools_changed_and_does_not_list_them_offers_none() {
    Connection docs = connection("docs");
    assertThat(docs.announced(() -> List.of())).isNull();
    docs.changed();
    assertThat(requireNonNull(docs.announced(() -> List.of(SEARCH)))).containsKey("search");
    docs.changed();
    assertThat(
            docs.announced(
                () -> {
                  throw new IllegalStateException("down");
                }))
        .isEmpty();
    // Asked again, since nobody knows yet.
    assertThat(requireNonNull(docs.announced(() -> List.of(SEARCH)))).containsKey("search");
  }
}
