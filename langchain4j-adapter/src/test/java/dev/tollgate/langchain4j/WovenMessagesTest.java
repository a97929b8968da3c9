package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static dev.tollgate.langchain4j.Paths.assertDecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.V;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.app.Elsewhere;
import dev.tollgate.langchain4j.delegate.Delegate;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages to agents elsewhere. */
@Tag("woven")
class WovenMessagesTest {
  private Elsewhere elsewhere;

  @BeforeEach
  void start() throws IOException {
    elsewhere = new Elsewhere();
  }

  @AfterEach
  void stop() {
    elsewhere.close();
  }

  private UntypedAgent translator() {
    return AgenticServices.a2aBuilder(elsewhere.url())
        .inputKeys("text")
        .outputKey("translation")
        .build();
  }

  @Test
  void decidesOnAMessageToAnAgentElsewhere() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(translator().invoke(Map.of("text", "hallo"))).isEqualTo("translated");
      assertThat(elsewhere.received).singleElement().asString().contains("hallo");
      assertDecided(gated, "translator");
      if (WOVEN) {
        assertThat(gated.proposed().get(0).source()).isEqualTo("a2a:" + elsewhere.url());
        assertThat(gated.asked().get(0).arguments().toString()).contains("hallo");
      }
    }
  }

  /** Public: the agentic module calls it by reflection. */
  @Delegate(to = "translator", tools = "look_up")
  public interface Translator {
    @Agent(outputKey = "translation")
    String translate(@V("text") String text);
  }

  @Test
  void handsOverWhatTheAgentsInterfaceDeclares() throws DelegationException {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      Translator translator = AgenticServices.a2aBuilder(elsewhere.url(), Translator.class).build();
      assertThat(translator.translate("hallo")).isEqualTo("translated");
      if (WOVEN) {
        assertThat(elsewhere.received.get(0)).contains(elsewhere.handed);
        Task accepted =
            gated
                .gate
                .delegations()
                .accept(elsewhere.handed, Waiting.ALICE, AgentIdentity.of("translator"));
        assertThat(accepted.intent()).isEqualTo(Intent.human("go"));
      } else {
        assertThat(elsewhere.handed).isNull();
      }
    }
  }

  @Test
  void sendsNothingThatIsDenied() {
    try (Gated gated = Gated.denying("translator");
        Scope scope = Paths.task(gated).open()) {
      UntypedAgent translator = translator();
      if (WOVEN) {
        assertThatThrownBy(() -> translator.invoke(Map.of("text", "hallo")))
            .isInstanceOf(ToolDeniedException.class)
            .hasMessageContaining("policy_forbidden");
        assertThat(elsewhere.received).isEmpty();
      } else {
        assertThat(translator.invoke(Map.of("text", "hallo"))).isEqualTo("translated");
      }
      assertDecided(gated, "translator");
    }
  }
}
